/// Fuzz targets of this room.
@NullMarked
package io.surfacescan.service.exchange;

import org.jspecify.annotations.NullMarked;
