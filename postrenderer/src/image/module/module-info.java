/// The rules and their YAML parser as one module of the run-time image. It stands beside the sources and not in them,
/// because the parser's own module hides the package that we parse with; on the class path there is no such wall.
module dev.haldane.postrender {
}
