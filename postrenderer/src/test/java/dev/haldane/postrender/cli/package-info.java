/// The command line, called in this process; the packaged one is called in `e2e`.
@NullMarked
package dev.haldane.postrender.cli;

import org.jspecify.annotations.NullMarked;
