package io.leat.grammar.tree;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Visits all records of a tree, whatever they are. */
public final class TreeWalk {
    private static final Map<Class<?>, List<Method>> COMPONENTS = new ConcurrentHashMap<>();

    private TreeWalk() {}

    /**
     * Visits a part of a tree and all below it.
     *
     * @param visit is told each record and the nearest node above it, or null
     */
    public static void walk(Object part, Node above, BiConsumer<Record, Node> visit) {
        if (part instanceof Collection<?> parts) {
            parts.forEach(each -> walk(each, above, visit));
        } else if (part instanceof Optional<?> perhaps) {
            perhaps.ifPresent(each -> walk(each, above, visit));
        } else if (part instanceof Record node && node.getClass().getPackage() == TreeWalk.class.getPackage()) {
            visit.accept(node, above);
            Node next = node instanceof Node place ? place : above;
            for (Method component : COMPONENTS.computeIfAbsent(node.getClass(), TreeWalk::components)) {
                walk(value(node, component), next, visit);
            }
        }
    }

    private static List<Method> components(Class<?> kind) {
        return Arrays.stream(kind.getRecordComponents())
                .map(RecordComponent::getAccessor)
                .toList();
    }

    private static Object value(Record node, Method component) {
        try {
            return component.invoke(node);
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError(component.toString(), failure);
        }
    }
}
