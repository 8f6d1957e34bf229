package org.postrider.storage.address;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The scripts of a label. Letters that look like those of another script mislead most where they
/// stand among them.
final class ScriptMix {

    /// Of no script of their own.
    private static final Set<UnicodeScript> OF_ANY =
            Set.of(UnicodeScript.COMMON, UnicodeScript.INHERITED);

    private static final List<Set<UnicodeScript>> WRITTEN_TOGETHER =
            List.of(
                    Set.of(
                            UnicodeScript.LATIN,
                            UnicodeScript.HAN,
                            UnicodeScript.HIRAGANA,
                            UnicodeScript.KATAKANA),
                    Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
                    Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    private ScriptMix() {}

    /// Whether all is of one script, or of scripts that are written together: what UTS #39 §5.2
    /// calls highly restrictive.
    static boolean isUsual(String label) {
        var scripts =
                label.codePoints()
                        .mapToObj(UnicodeScript::of)
                        .filter(script -> !OF_ANY.contains(script))
                        .collect(Collectors.toSet());
        return scripts.size() <= 1
                || WRITTEN_TOGETHER.stream().anyMatch(together -> together.containsAll(scripts));
    }
}
