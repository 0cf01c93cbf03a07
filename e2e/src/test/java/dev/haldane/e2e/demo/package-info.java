/// `haldane demo` as a newcomer runs it: as a process, by the launcher.
@NullMarked
package dev.haldane.e2e.demo;

import org.jspecify.annotations.NullMarked;
