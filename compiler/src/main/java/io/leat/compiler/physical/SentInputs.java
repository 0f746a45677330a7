package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.physical.Terminal.Input;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What aggregate calls take of rows that are sent to another operator first: each argument is computed before, and its filter asked, so
 * that only columns arrive.
 */
final class SentInputs {
    private final int first;
    private final Origin at;
    private final List<Expr> sent = new ArrayList<>();
    private final List<Input> received = new ArrayList<>();

    /**
     * @param inputs one per aggregate call
     * @param first the column that the first value arrives in
     */
    SentInputs(List<Input> inputs, int first, Origin at) {
        this.first = first;
        this.at = at;
        inputs.forEach(input -> received.add(received(input)));
    }

    /** Values that are sent, in consecutive columns. */
    List<Expr> sent() {
        return List.copyOf(sent);
    }

    /** The columns that they arrive in. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            fields.add(
                    new Field("value" + (i + 1), sent.get(i).type(), sent.get(i).nullable()));
        }
        return fields;
    }

    /** What calls take from the columns that arrive. */
    List<Input> received() {
        return List.copyOf(received);
    }

    /** What a call takes from a row that was sent, with what is sent for it. */
    private Input received(Input input) {
        Expr value;
        if (input.argument().isPresent()) {
            Expr argument = input.argument().get();
            value = input.filter().map(filter -> chosen(filter, argument)).orElse(argument);
        } else if (input.filter().isPresent()) {
            value = new Expr.IsTrue(input.filter().get(), at);
        } else {
            return input;
        }
        if (!sent.contains(value)) {
            sent.add(value);
        }
        Expr column = new Expr.Column(first + sent.indexOf(value), "value", value.type(), value.nullable(), at);
        return input.argument().isPresent()
                ? new Input(Optional.of(column), Optional.empty())
                : new Input(Optional.empty(), Optional.of(column));
    }

    /** The argument where the filter holds, otherwise NULL, which no call takes. */
    private static Expr chosen(Expr filter, Expr argument) {
        return new Expr.Case(
                List.of(new Expr.Case.Branch(filter, argument)),
                Expr.Literal.ofNull(argument.type(), argument.at()),
                argument.type(),
                argument.at());
    }
}
