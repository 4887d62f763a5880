/// Tests of the HTTP service: its parts alone, and the whole on a port of its own, spoken to byte
/// by byte.
@NullMarked
package io.surfacescan.service;

import org.jspecify.annotations.NullMarked;
