/// What [Shipper](https://github.com/bookingcom/shipper) wants of a chart that it installs into several clusters.
@NullMarked
package dev.haldane.postrender.shipper;

import org.jspecify.annotations.NullMarked;
