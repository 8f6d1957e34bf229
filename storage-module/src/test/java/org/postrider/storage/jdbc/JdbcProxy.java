package org.postrider.storage.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Stands before an object of a JDBC driver, for tests that look at what is asked of it.
final class JdbcProxy {

    private JdbcProxy() {}

    /// What is done in place of a method.
    @FunctionalInterface
    interface Call {
        @Nullable Object make(Method method, Object[] arguments) throws Throwable;
    }

    static <T> T of(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        JdbcProxy.class.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> call.make(method, arguments)));
    }

    /// Does what was asked.
    static @Nullable Object call(Object target, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
