package org.postrider.app.config;

import java.io.Serial;

/// A setting that keeps the server from starting. The message is for the person who made it: which
/// setting, what is wrong with it, what to do.
public final class SettingProblem extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final String setting;
    private final String fix;

    /// @param setting the key, or `key=value`
    /// @param problem a sentence without its subject, which is the setting: `is in use`
    /// @param fix what to do about it, in the imperative
    public SettingProblem(String setting, String problem, String fix) {
        super(setting + " " + problem);
        this.setting = setting;
        this.fix = fix;
    }

    public SettingProblem(String setting, String problem, String fix, Throwable cause) {
        this(setting, problem, fix);
        initCause(cause);
    }

    public String setting() {
        return setting;
    }

    public String fix() {
        return fix;
    }
}
