package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Attempt;
import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.codegen.Code.Branch;
import io.leat.compiler.codegen.Code.Declare;
import io.leat.compiler.codegen.Code.Line;
import io.leat.compiler.codegen.Code.Loop;
import io.leat.compiler.physical.Positions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays statements out into methods of a bounded size. What fits stays in one piece with its variables as locals. What does not is
 * cut between statements, innermost blocks first, into methods that are called one after another; a variable that is then used by
 * several methods becomes a field.
 *
 * <p>One splitter serves one class: the numbers of its methods run on.
 */
final class MethodSplitter {
    private static final int SEVERAL = -1;

    private final Positions places;
    private final List<Method> methods = new ArrayList<>();
    /** Variables by name: their type and the number of the only method that uses them, or {@link #SEVERAL}. */
    private final Map<String, Variable> variables = new LinkedHashMap<>();

    /** A method cut out: {@code private void name(parameters)}. */
    private record Method(String name, String parameters, Block body) {}

    private static final class Variable {
        private final String type;
        private int usedBy;

        Variable(String type, int usedBy) {
            this.type = type;
            this.usedBy = usedBy;
        }
    }

    MethodSplitter(Positions places) {
        this.places = places;
    }

    /**
     * A piece of code with the method it ends up in.
     *
     * @param parameters of the methods that are cut out, e.g. {@code int row}
     * @param arguments to call them with, e.g. {@code row}
     * @param whole up to this size nothing is cut
     * @param part the size of what is cut out
     */
    record Piece(Block block, String parameters, String arguments, int whole, int part) {}

    /** Cuts a piece so that what is left of it, to be written with {@link #write}, is within its size. */
    Block cut(Piece piece) {
        if (CodeSize.of(piece.block()) <= piece.whole()) {
            return piece.block();
        }
        return cutBlock(piece.block(), piece);
    }

    private Block cutBlock(Block block, Piece piece) {
        Block cut = new Block();
        for (Code code : block.statements()) {
            cut.statements().add(CodeSize.of(code) > piece.part() ? cutInside(code, piece) : code);
        }
        while (CodeSize.of(cut) > piece.part()) {
            Block calls = group(cut, piece);
            if (CodeSize.of(calls) >= CodeSize.of(cut)) {
                return cut;
            }
            cut = calls;
        }
        return cut;
    }

    /** Cuts the blocks inside a statement. */
    private Code cutInside(Code code, Piece piece) {
        if (code instanceof Branch branch) {
            return new Branch(branch.condition(), outline(branch.body(), piece), outline(branch.otherwise(), piece));
        }
        if (code instanceof Attempt attempt) {
            return new Attempt(outline(attempt.body(), piece));
        }
        if (code instanceof Loop loop) {
            return new Loop(loop.declared(), loop.condition(), loop.step(), outline(loop.body(), piece));
        }
        return code;
    }

    private Block outline(Block block, Piece piece) {
        if (block.isEmpty() || CodeSize.of(block) <= piece.part() / 2) {
            return block;
        }
        Block call = new Block();
        call.line(method(cutBlock(block, piece), piece));
        return call;
    }

    /** Replaces runs of statements by calls of methods that hold them. */
    private Block group(Block block, Piece piece) {
        Block grouped = new Block();
        Block run = new Block();
        int size = 0;
        for (Code code : block.statements()) {
            int next = CodeSize.of(code);
            if (size > 0 && size + next > piece.part()) {
                grouped.line(method(run, piece));
                run = new Block();
                size = 0;
            }
            run.statements().add(code);
            size += next;
        }
        if (!run.isEmpty()) {
            grouped.line(method(run, piece));
        }
        return grouped;
    }

    private String method(Block body, Piece piece) {
        String name = "part" + methods.size();
        methods.add(new Method(name, piece.parameters(), body));
        return name + "(" + piece.arguments() + ");";
    }

    /**
     * Finds out which method uses which variable. To be called once, when everything is cut.
     *
     * @param inPlace what is written into one method of the class, e.g. prologue and loop body of {@code process}
     */
    void settle(List<Block> inPlace) {
        for (int i = 0; i < methods.size(); i++) {
            declare(methods.get(i).body(), i + 1);
        }
        inPlace.forEach(block -> declare(block, 0));
        for (int i = 0; i < methods.size(); i++) {
            use(methods.get(i).body(), i + 1);
        }
        inPlace.forEach(block -> use(block, 0));
    }

    private void declare(Block block, int method) {
        for (Code code : block.statements()) {
            if (code instanceof Declare declare) {
                variables.put(declare.name(), new Variable(declare.type(), method));
            } else if (code instanceof Branch branch) {
                declare(branch.body(), method);
                declare(branch.otherwise(), method);
            } else if (code instanceof Attempt attempt) {
                declare(attempt.body(), method);
            } else if (code instanceof Loop loop) {
                variables.put(
                        loop.declared().name(), new Variable(loop.declared().type(), method));
                declare(loop.body(), method);
            }
        }
    }

    private void use(Block block, int method) {
        for (Code code : block.statements()) {
            if (code instanceof Line line) {
                use(line.text(), method);
            } else if (code instanceof Declare declare) {
                use(declare.value(), method);
            } else if (code instanceof Branch branch) {
                use(branch.condition(), method);
                use(branch.body(), method);
                use(branch.otherwise(), method);
            } else if (code instanceof Attempt attempt) {
                use(attempt.body(), method);
            } else if (code instanceof Loop loop) {
                use(loop.declared().value(), method);
                use(loop.condition(), method);
                use(loop.step(), method);
                use(loop.body(), method);
            }
        }
    }

    /** Counts a variable as used wherever its name stands, outside of character literals; texts do not occur in generated code. */
    void use(String text, int method) {
        int at = 0;
        while (at < text.length()) {
            if (!Character.isJavaIdentifierStart(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at + 1;
            while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                end++;
            }
            Variable variable = variables.get(text.substring(at, end));
            if (variable != null && variable.usedBy != method) {
                variable.usedBy = SEVERAL;
            }
            at = end;
        }
    }

    private boolean isField(String name) {
        return variables.get(name).usedBy == SEVERAL;
    }

    /** Declarations of the variables that became fields: type by name. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        variables.forEach((name, variable) -> {
            if (variable.usedBy == SEVERAL) {
                fields.put(name, variable.type.startsWith("final ") ? variable.type.substring(6) : variable.type);
            }
        });
        return fields;
    }

    /** Writes the methods that were cut out. */
    void writeMethods(JavaWriter out) {
        for (Method method : methods) {
            out.line("");
            out.block("private void " + method.name() + "(" + method.parameters() + ")");
            write(method.body(), out);
            out.end();
        }
    }

    /** Writes statements where the writer stands. */
    void write(Block block, JavaWriter out) {
        for (Code code : block.statements()) {
            if (code instanceof Line line) {
                out.line(line.text());
            } else if (code instanceof Declare declare) {
                out.line(declaration(declare) + ";");
            } else if (code instanceof Code.At at) {
                out.at(at.origin());
                out.comment(at.operator() + " " + places.position(at.origin()));
            } else if (code instanceof Branch branch) {
                writeBranch(branch, out);
            } else if (code instanceof Attempt attempt) {
                out.block("try");
                write(attempt.body(), out);
                out.next("catch (RowError failed)");
                out.end();
            } else if (code instanceof Loop loop) {
                out.block("for (" + declaration(loop.declared()) + "; " + loop.condition() + "; " + loop.step() + ")");
                write(loop.body(), out);
                out.end();
            }
        }
    }

    private void writeBranch(Branch branch, JavaWriter out) {
        if (branch.body().isEmpty() && branch.otherwise().isEmpty()) {
            return;
        }
        out.block("if (" + branch.condition() + ")");
        write(branch.body(), out);
        Branch last = branch;
        while (last.otherwise().statements().size() == 1
                && last.otherwise().statements().get(0) instanceof Branch next
                && !next.body().isEmpty()) {
            out.next("else if (" + next.condition() + ")");
            write(next.body(), out);
            last = next;
        }
        if (!last.otherwise().isEmpty()) {
            out.next("else");
            write(last.otherwise(), out);
        }
        out.end();
    }

    private String declaration(Declare declare) {
        String type = isField(declare.name()) ? "" : declare.type() + " ";
        return type + declare.name() + " = " + declare.value();
    }
}
