/// HTTPS with certificates that may be renewed while it serves.
@NullMarked
package io.surfacescan.service.tls;

import org.jspecify.annotations.NullMarked;
