package dev.haldane.postrender.config;

/// The user is wrong: what, where, and what would be right. Shells print it in two lines and end with [#exitCode].
public final class UserError extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /// What kind of mistake, and so which exit code (`DESIGN` 3): 2 usage or configuration, 3 input not readable,
    /// 4 refused by `--strict`.
    public enum Kind {
        USAGE(2),
        INPUT(3),
        STRICT(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final Kind kind;
    private final String remedy;

    /// @param problem what is wrong and where (file and line, or field path)
    /// @param remedy  what would be right; `""` if the problem says it
    public UserError(Kind kind, String problem, String remedy) {
        super(problem);
        this.kind = kind;
        this.remedy = remedy;
    }

    public static UserError usage(String problem, String remedy) {
        return new UserError(Kind.USAGE, problem, remedy);
    }

    public static UserError input(String problem, String remedy) {
        return new UserError(Kind.INPUT, problem, remedy);
    }

    public String problem() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }

    public int exitCode() {
        return kind.exitCode;
    }
}
