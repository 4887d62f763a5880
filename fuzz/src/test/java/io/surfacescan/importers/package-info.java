/// Fuzz targets for input files and the bodies of requests.
@NullMarked
package io.surfacescan.importers;

import org.jspecify.annotations.NullMarked;
