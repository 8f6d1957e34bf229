package org.postrider.app.tidy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The keys that the configuration records of the application accept, found by walking the records:
/// `postrider.listen.imap`. An element of a list is `[]`, one of a map `<name>`.
final class ConfigurationKeys {

    private final SortedSet<String> keys = new TreeSet<>();

    private ConfigurationKeys() {}

    static SortedSet<String> of(Path classes) {
        var found = new ConfigurationKeys();
        for (var type : new ClassFileImporter().importPath(classes)) {
            if (type.isAnnotatedWith(ConfigurationProperties.class)) {
                var annotation = type.getAnnotationOfType(ConfigurationProperties.class);
                var prefix =
                        annotation.prefix().isEmpty() ? annotation.value() : annotation.prefix();
                found.walk(prefix, type.reflect());
            }
        }
        return found.keys;
    }

    private void walk(String key, Type type) {
        if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw) {
            var arguments = generic.getActualTypeArguments();
            if (Map.class.isAssignableFrom(raw)) {
                walk(key + ".<name>", arguments[1]);
            } else if (Collection.class.isAssignableFrom(raw) && isGroup(arguments[0])) {
                walk(key + "[]", arguments[0]);
            } else if (raw == Optional.class) {
                walk(key, arguments[0]);
            } else {
                keys.add(key);
            }
        } else if (type instanceof Class<?> record && isGroup(record)) {
            for (var component : record.getRecordComponents()) {
                walk(key + "." + kebab(component), component.getGenericType());
            }
        } else {
            keys.add(key);
        }
    }

    /// A group of keys is a record within a record of settings; any other is the type of a value.
    private static boolean isGroup(Type type) {
        return type instanceof Class<?> plain
                && plain.isRecord()
                && (plain.isAnnotationPresent(ConfigurationProperties.class)
                        || (plain.isMemberClass() && isGroup(plain.getEnclosingClass())));
    }

    private static String kebab(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
