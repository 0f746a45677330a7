package io.leat.runtime.connector;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The connectors on the class path. */
public final class Connectors {
    private final List<Connector> connectors;

    private Connectors(List<Connector> connectors) {
        this.connectors = connectors;
    }

    /** Finds all connectors that the loader of this class can see. */
    public static Connectors installed() {
        return new Connectors(ServiceLoader.load(Connector.class, Connectors.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Connector::name))
                .toList());
    }

    /** These, with another one in place of that of its name. */
    public Connectors with(Connector other) {
        return new Connectors(connectors.stream()
                .map(each -> each.name().equals(other.name()) ? other : each)
                .toList());
    }

    public Optional<Connector> find(String name) {
        return connectors.stream()
                .filter(connector -> connector.name().equals(name))
                .findFirst();
    }

    public List<String> names() {
        return connectors.stream().map(Connector::name).toList();
    }
}
