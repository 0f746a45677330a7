package io.leat.compiler.bytecode;

import io.leat.compiler.codegen.GeneratedClass;
import io.leat.compiler.codegen.JobGenerator;
import io.leat.runtime.job.ClassBytes;
import io.leat.runtime.job.GeneratedCode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;

/** Compiles the classes of one job. Classes may refer to those compiled before them. Not thread-safe. */
public final class ClassCompiler implements JobGenerator.Finisher {
    /** A class of so many characters is above the limits of the JVM, and finding that out would take minutes. */
    private static final int MAX_SOURCE = 24 << 20;

    private final ClassCache cache;
    private final Map<String, byte[]> classes = new TreeMap<>();
    /** Class files by source, since the last one was taken. */
    private final Map<String, byte[]> measured = new HashMap<>();

    private DefinedClasses defined = new DefinedClasses(ClassCompiler.class.getClassLoader());

    public ClassCompiler(ClassCache cache) {
        this.cache = cache;
    }

    /** Class files by binary name. */
    public Map<String, byte[]> classes() {
        return classes;
    }

    @Override
    public Size measure(GeneratedClass generated, boolean isLastTry) {
        if (generated.source().length() > MAX_SOURCE) {
            return Size.CLASS_TOO_LARGE;
        }
        byte[] bytes = cache.find(generated.source());
        if (bytes == null) {
            try {
                bytes = compile(generated);
            } catch (CompileException e) {
                throw new CompilerBug(generated, e);
            } catch (InternalCompilerException | StackOverflowError e) {
                return limit(generated, e, isLastTry);
            }
            ClassBytes.read(bytes).checkAllowed();
            cache.put(generated.source(), bytes);
        }
        measured.put(generated.source(), bytes);
        if (MethodBudget.isHopeless(bytes)) {
            return Size.METHOD_TOO_LARGE;
        }
        return MethodBudget.overruns(bytes).isEmpty() ? Size.WITHIN_BUDGET : Size.OVER_BUDGET;
    }

    private byte[] compile(GeneratedClass generated) throws CompileException {
        SimpleCompiler compiler = new SimpleCompiler();
        compiler.setParentClassLoader(defined);
        compiler.setDebuggingInformation(true, true, true);
        compiler.cook(generated.name() + ".java", generated.source());
        return compiler.getBytecodes().get(binaryName(generated));
    }

    /** Which limit of the JVM was hit. Janino reports them as errors of its own, like its mistakes. */
    private static Size limit(GeneratedClass generated, Throwable failure, boolean isLastTry) {
        boolean isLimit = failure instanceof StackOverflowError;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (message.contains("Constant pool")) {
                return Size.CLASS_TOO_LARGE;
            }
            isLimit |= message.contains("64 KB");
        }
        if (isLastTry && !isLimit) {
            throw new CompilerBug(generated, failure);
        }
        return Size.METHOD_TOO_LARGE;
    }

    @Override
    public void take(GeneratedClass generated) {
        byte[] bytes = measured.get(generated.source());
        measured.clear();
        classes.put(binaryName(generated), bytes);
        defined.add(binaryName(generated), bytes);
    }

    private static String binaryName(GeneratedClass generated) {
        return GeneratedCode.PACKAGE + "." + generated.name();
    }

    /** Holds classes that later ones refer to. */
    private static final class DefinedClasses extends ClassLoader {
        DefinedClasses(ClassLoader parent) {
            super(parent);
        }

        void add(String name, byte[] bytes) {
            defineClass(name, bytes, 0, bytes.length);
        }
    }
}
