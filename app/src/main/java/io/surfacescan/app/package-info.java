/// The program: hands `serve` to the service and every other verb to the command line alone.
@NullMarked
package io.surfacescan.app;

import org.jspecify.annotations.NullMarked;
