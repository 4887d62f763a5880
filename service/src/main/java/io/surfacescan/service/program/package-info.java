/// The service as a program: [Program] puts all parts together.
@NullMarked
package io.surfacescan.service.program;

import org.jspecify.annotations.NullMarked;
