package io.leat.runtime.local;

import java.util.Optional;

/** Knows the values that a query only names. They are asked for when a table is opened, and never printed. */
public interface SecretResolver {
    Optional<String> environment(String name);

    Optional<String> secret(String name);

    /** The environment of this process; no secrets. */
    static SecretResolver environmentOnly() {
        return new SecretResolver() {
            @Override
            public Optional<String> environment(String name) {
                return Optional.ofNullable(System.getenv(name));
            }

            @Override
            public Optional<String> secret(String name) {
                return Optional.empty();
            }
        };
    }
}
