/// How the service was asked to run: records that check themselves.
@NullMarked
package io.surfacescan.service.settings;

import org.jspecify.annotations.NullMarked;
