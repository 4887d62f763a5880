/// What the operating system gives: signals, files that change, threads of low priority, limits.
@NullMarked
package io.surfacescan.service.platform;

import org.jspecify.annotations.NullMarked;
