package dev.haldane.postrender.rule;

/// Who asks. Rules give the same answer at each door where they act; a few act only at some.
public enum Door {
    POST_RENDER,
    CHART,
    GITOPS,
    ADMISSION
}
