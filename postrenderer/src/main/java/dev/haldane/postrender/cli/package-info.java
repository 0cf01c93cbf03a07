/// The command line: reads the world, calls the rules, writes last. Nobody imports it.
///
/// It starts at each `helm upgrade`, so arguments are parsed by hand (a library's reflection costs more than all of
/// our work), and only [Main] knows the process's own streams and environment.
@NullMarked
package dev.haldane.postrender.cli;

import org.jspecify.annotations.NullMarked;
