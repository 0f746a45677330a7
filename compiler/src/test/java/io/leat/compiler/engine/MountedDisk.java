package io.leat.compiler.engine;

import io.leat.runtime.platform.Disk;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The disk of this machine, on which some directories have other names: what a state says of its files is the same wherever a test
 * runs.
 */
final class MountedDisk {
    private final Map<Path, Path> places;

    private MountedDisk(Map<Path, Path> places) {
        this.places = places;
    }

    /**
     * @param places absolute names, none of which is within another, and where they lead
     */
    static Disk of(Map<Path, Path> places) {
        MountedDisk mounted = new MountedDisk(places);
        return (Disk) Proxy.newProxyInstance(Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, mounted::call);
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object[] led = arguments == null ? new Object[0] : arguments.clone();
        for (int i = 0; i < led.length; i++) {
            if (led[i] instanceof Path path) {
                led[i] = there(path);
            }
        }
        try {
            Object found = method.invoke(Disk.system(), led);
            if (found instanceof Path path) {
                return here(path);
            }
            return method.getName().equals("list")
                    ? ((List<?>) found).stream().map(each -> here((Path) each)).toList()
                    : found;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Path there(Path path) {
        for (Map.Entry<Path, Path> place : places.entrySet()) {
            if (path.startsWith(place.getKey())) {
                return place.getValue().resolve(place.getKey().relativize(path).toString());
            }
        }
        return path;
    }

    private Path here(Path path) {
        for (Map.Entry<Path, Path> place : places.entrySet()) {
            if (path.startsWith(place.getValue())) {
                return place.getKey().resolve(place.getValue().relativize(path).toString());
            }
        }
        return path;
    }
}
