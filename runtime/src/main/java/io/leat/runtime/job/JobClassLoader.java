package io.leat.runtime.job;

import java.util.Map;

/** Defines the classes of one compiled job. Only that and its running jobs hold on to it, so that the classes can be unloaded. */
public final class JobClassLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    /**
     * @throws IllegalArgumentException if a class refers to something that generated code must not touch
     */
    public JobClassLoader(CompiledJob job) {
        super("leat-job", JobClassLoader.class.getClassLoader());
        this.classes = job.classes();
        for (byte[] bytes : classes.values()) {
            ClassBytes.read(bytes).checkAllowed();
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** Makes an object of a generated class, by its simple name. */
    public <T> T create(String simpleName, Class<T> type, Class<?>[] parameters, Object... arguments) {
        try {
            Class<?> generated = loadClass(GeneratedCode.PACKAGE + "." + simpleName);
            return type.cast(generated.getConstructor(parameters).newInstance(arguments));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make an object of generated class " + simpleName, e);
        }
    }
}
