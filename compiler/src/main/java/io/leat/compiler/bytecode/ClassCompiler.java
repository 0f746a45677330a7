package io.leat.compiler.bytecode;

import io.leat.compiler.codegen.GeneratedClass;
import io.leat.compiler.codegen.JobGenerator;
import io.leat.runtime.job.ClassBytes;
import io.leat.runtime.job.GeneratedCode;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;

/** Compiles the classes of one job. Classes may refer to those compiled before them. Not thread-safe. */
public final class ClassCompiler implements JobGenerator.Finisher {
    private final ClassCache cache;
    private final Map<String, byte[]> classes = new TreeMap<>();
    private DefinedClasses defined = new DefinedClasses(ClassCompiler.class.getClassLoader());

    public ClassCompiler(ClassCache cache) {
        this.cache = cache;
    }

    /** Class files by binary name. */
    public Map<String, byte[]> classes() {
        return classes;
    }

    @Override
    public boolean finish(GeneratedClass generated, boolean isLastTry) {
        String binaryName = GeneratedCode.PACKAGE + "." + generated.name();
        byte[] bytes = cache.find(generated.source());
        if (bytes == null) {
            bytes = compile(generated, isLastTry);
            if (bytes == null) {
                return false;
            }
            cache.put(generated.source(), bytes);
        }
        classes.put(binaryName, bytes);
        defined.add(binaryName, bytes);
        return true;
    }

    /** The class file, or null if it is over budget and finer pieces might help. */
    private byte[] compile(GeneratedClass generated, boolean isLastTry) {
        String binaryName = GeneratedCode.PACKAGE + "." + generated.name();
        byte[] bytes;
        try {
            SimpleCompiler compiler = new SimpleCompiler();
            compiler.setParentClassLoader(defined);
            compiler.setDebuggingInformation(true, true, true);
            compiler.cook(generated.name() + ".java", generated.source());
            bytes = compiler.getBytecodes().get(binaryName);
        } catch (CompileException | InternalCompilerException | StackOverflowError e) {
            if (!isLastTry && !(e instanceof CompileException)) {
                // A method above 64 KB is an internal error of Janino, not one of the source.
                return null;
            }
            throw new CompilerBug(generated, e);
        }
        if (!isLastTry && !MethodBudget.overruns(bytes).isEmpty()) {
            return null;
        }
        if (MethodBudget.isHopeless(bytes)) {
            throw new CompilerBug(
                    generated,
                    new IllegalStateException(MethodBudget.overruns(bytes).toString()));
        }
        ClassBytes.read(bytes).checkAllowed();
        return bytes;
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
