package io.leat.cli;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Help that shows options as people write them: {@code --output FORMAT} and {@code -D NAME=VALUE}, not {@code -D=NAME=VALUE}. */
final class HelpPage extends Help {
    HelpPage(CommandSpec command, ColorScheme colours) {
        super(command, colours);
    }

    @Override
    public IParamLabelRenderer parameterLabelRenderer() {
        IParamLabelRenderer usual = super.parameterLabelRenderer();
        return new IParamLabelRenderer() {
            @Override
            public Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<IStyle> styles) {
                Text label = usual.renderParameterLabel(argument, ansi, styles);
                return argument.isOption() && argument.arity().max() > 0
                        ? ansi.text(" ")
                                .concat(label.substring(usual.separator().length()))
                        : label;
            }

            @Override
            public String separator() {
                return " ";
            }
        };
    }
}
