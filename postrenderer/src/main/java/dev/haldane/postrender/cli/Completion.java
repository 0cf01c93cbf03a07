package dev.haldane.postrender.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Completion scripts for the three shells, made from the command table.
final class Completion {

    private Completion() {}

    static String bash() {
        String options = each(c -> "    %s) options=%s choices=%s ;;\n"
                .formatted(c.word(), quoted(spellings(c)), quoted(String.join(" ", choices(c)))));
        String values = distinctChoices()
                .map(o -> "    %s) choices=%s ;;\n".formatted(o.spelling(), quoted(String.join(" ", o.choices()))))
                .collect(Collectors.joining());
        return """
        # bash completion for haldane
        _haldane() {
          local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options= choices=
          case $COMP_CWORD in
            1) choices=%s ;;
            *) case ${COMP_WORDS[1]} in
        %s    esac ;;
          esac
          case $before in
        %s  esac
          case $word in
            -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
            *) COMPREPLY=($(compgen -W "$choices" -- "$word")) ;;
          esac
        }
        complete -o default -F _haldane haldane kubectl-haldane
        """.formatted(quoted(String.join(" ", Command.words())), options, values);
    }

    static String zsh() {
        String commands = each(c -> "    %s\n".formatted(quoted(c.word() + ":" + c.sentence())));
        String arguments = each(c -> "    %s) _arguments %s ;;\n"
                .formatted(
                        c.word(),
                        Stream.concat(c.options().stream().map(Completion::zshOption), Stream.of(zshOperands(c)))
                                .map(Completion::quoted)
                                .collect(Collectors.joining(" "))));
        return """
        #compdef haldane kubectl-haldane
        _haldane() {
          local -a commands
          commands=(
        %s  )
          if (( CURRENT == 2 )); then
            _describe command commands
            return
          fi
          shift words
          (( CURRENT-- ))
          case $words[1] in
        %s  esac
        }
        compdef _haldane haldane kubectl-haldane
        """.formatted(commands, arguments);
    }

    static String fish() {
        String commands = each(c -> "complete -c haldane -n __fish_use_subcommand -f -a %s -d %s\n"
                .formatted(c.word(), fishQuoted(c.sentence())));
        String options = each(c -> c.options().stream()
                .map(o -> "complete -c haldane -n %s %s\n".formatted(fishQuoted(seen(c)), fishOption(o)))
                .collect(Collectors.joining()));
        String operands = Arrays.stream(Command.values())
                .filter(c -> !choices(c).isEmpty())
                .map(c -> "complete -c haldane -n %s -f -a %s\n"
                        .formatted(fishQuoted(seen(c)), fishQuoted(String.join(" ", choices(c)))))
                .collect(Collectors.joining());
        return "# fish completion for haldane\n" + commands + options + operands;
    }

    /// What may stand as an operand, where that is a word from a list.
    private static List<String> choices(Command command) {
        return switch (command) {
            case HELP -> Command.words();
            case COMPLETION -> List.of(command.operands().split("\\|"));
            default -> List.of();
        };
    }

    private static Stream<Option> distinctChoices() {
        return Arrays.stream(Option.values()).filter(o -> !o.choices().isEmpty());
    }

    private static String spellings(Command command) {
        return command.options().stream()
                .flatMap(o -> Stream.of(o.spelling(), o.shortSpelling()))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String zshOption(Option option) {
        String sentence = option.sentence().replace("[", "\\[").replace("]", "\\]");
        return option.spelling() + "[" + sentence + "]" + zshValue(option);
    }

    private static String zshValue(Option option) {
        if (option.isSwitch()) {
            return "";
        }
        String action = option.choices().isEmpty() ? "_files" : "(" + String.join(" ", option.choices()) + ")";
        return ":" + option.form().replace(":", "\\:") + ":" + action;
    }

    private static String zshOperands(Command command) {
        List<String> choices = choices(command);
        return choices.isEmpty() ? "*:path:_files" : "*:word:(" + String.join(" ", choices) + ")";
    }

    private static String fishOption(Option option) {
        String value = option.isSwitch()
                ? ""
                : option.choices().isEmpty() ? " -r" : " -x -a " + fishQuoted(String.join(" ", option.choices()));
        return "-l " + option.spelling().substring(2) + value + " -d " + fishQuoted(option.sentence());
    }

    private static String seen(Command command) {
        return "__fish_seen_subcommand_from " + command.word();
    }

    private static String each(java.util.function.Function<Command, String> line) {
        return Arrays.stream(Command.values()).map(line).collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String fishQuoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
