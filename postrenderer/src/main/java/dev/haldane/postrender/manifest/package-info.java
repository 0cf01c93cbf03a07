/// YAML documents that keep their bytes, the objects in them, and JSON patches between two of them. Imports `config`
/// for [UserError][dev.haldane.postrender.config.UserError] only.
@NullMarked
package dev.haldane.postrender.manifest;

import org.jspecify.annotations.NullMarked;
