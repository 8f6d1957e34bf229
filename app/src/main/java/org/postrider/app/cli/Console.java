package org.postrider.app.cli;

/// The terminal the server was started from. Everything else that it has to say is a log line.
public final class Console {

    private Console() {}

    public static void say(String text) {
        System.out.print(text);
        System.out.flush();
    }

    public static void complain(String text) {
        System.err.print(text);
        System.err.flush();
    }
}
