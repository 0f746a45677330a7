package io.leat.runtime.job;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads from a class file what the budgets and the allowlist ask for: sizes of methods, and names of classes it refers to (JVM
 * specification, chapter 4).
 */
public final class ClassBytes {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int INVOKE_DYNAMIC = 18;

    private final String[] texts;
    private final int[] classNames;
    private final Set<Integer> descriptors = new TreeSet<>();
    private final Map<String, Integer> codeSizes = new LinkedHashMap<>();
    private boolean usesDynamicCode;

    private ClassBytes(int constants) {
        texts = new String[constants];
        classNames = new int[constants];
    }

    /** Reads a class file that a compiler has just written, or that came in a job jar. */
    public static ClassBytes read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != 0xCAFEBABE) {
                throw new IllegalArgumentException("not a class file");
            }
            in.readInt();
            ClassBytes read = new ClassBytes(in.readUnsignedShort());
            read.readConstants(in);
            read.readMembers(in);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("a class file that ends too early", e);
        }
    }

    private void readConstants(DataInputStream in) throws IOException {
        for (int i = 1; i < texts.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case UTF8 -> texts[i] = in.readUTF();
                case INTEGER, FLOAT -> in.readInt();
                case LONG, DOUBLE -> {
                    in.readLong();
                    i++;
                }
                case CLASS -> classNames[i] = in.readUnsignedShort();
                case STRING -> in.readUnsignedShort();
                case NAME_AND_TYPE -> {
                    in.readUnsignedShort();
                    descriptors.add(in.readUnsignedShort());
                }
                case METHOD_HANDLE, METHOD_TYPE, INVOKE_DYNAMIC -> {
                    usesDynamicCode = true;
                    in.skipBytes(tag == METHOD_HANDLE ? 3 : tag == METHOD_TYPE ? 2 : 4);
                }
                default -> in.readInt();
            }
        }
    }

    private void readMembers(DataInputStream in) throws IOException {
        in.skipBytes(6);
        in.skipBytes(2 * in.readUnsignedShort());
        for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
            in.skipBytes(4);
            descriptors.add(in.readUnsignedShort());
            skipAttributes(in);
        }
        for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
            in.skipBytes(2);
            String name = texts[in.readUnsignedShort()];
            int descriptor = in.readUnsignedShort();
            descriptors.add(descriptor);
            readCode(in, name + texts[descriptor]);
        }
    }

    private static void skipAttributes(DataInputStream in) throws IOException {
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            in.skipBytes(2);
            in.skipNBytes(in.readInt());
        }
    }

    private void readCode(DataInputStream in, String method) throws IOException {
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            String attribute = texts[in.readUnsignedShort()];
            int length = in.readInt();
            if (attribute.equals("Code")) {
                in.skipBytes(4);
                codeSizes.put(method, in.readInt());
                in.skipNBytes(length - 8L);
            } else {
                in.skipNBytes(length);
            }
        }
    }

    /** Bytes of code by method, as name and descriptor. */
    public Map<String, Integer> codeSizes() {
        return codeSizes;
    }

    /**
     * Checks that the class refers to nothing but what generated code may touch.
     *
     * @throws IllegalArgumentException naming what it must not refer to
     */
    public void checkAllowed() {
        if (usesDynamicCode) {
            throw new IllegalArgumentException("a generated class must not link code at run time");
        }
        for (int name : classNames) {
            if (name != 0) {
                checkName(texts[name]);
            }
        }
        for (int descriptor : descriptors) {
            checkName(texts[descriptor]);
        }
    }

    /** Checks the class names in an internal name or a descriptor. */
    private static void checkName(String text) {
        if (!text.startsWith("[") && text.indexOf('(') < 0 && text.indexOf(';') < 0) {
            if (text.length() > 1) {
                require(text);
            }
            return;
        }
        int at = text.indexOf('L');
        while (at >= 0) {
            int end = text.indexOf(';', at);
            require(text.substring(at + 1, end));
            at = text.indexOf('L', end);
        }
    }

    private static void require(String internalName) {
        if (!GeneratedCode.isAllowed(internalName)) {
            throw new IllegalArgumentException("a generated class must not refer to " + internalName.replace('/', '.'));
        }
    }
}
