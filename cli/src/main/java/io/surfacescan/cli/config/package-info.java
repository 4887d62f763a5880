/// Where flags that are not given get their values: variables and the configuration file.
@NullMarked
package io.surfacescan.cli.config;

import org.jspecify.annotations.NullMarked;
