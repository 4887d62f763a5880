/// The verb `serve`: its flags, and what must hold before a port is opened.
@NullMarked
package io.surfacescan.cli.serve;

import org.jspecify.annotations.NullMarked;
