/// How the service is asked to run: one record for each concern, which checks itself.
///
/// A flag of `serve` stands on one [Flag], next to the record it fills: name, type, default, bounds
/// and help. The command line makes its options of [Settings#FLAGS], fills the records through
/// [Given], and shows an [InvalidSetting] as a usage error; the service takes the records as they
/// are. A new flag is a constant and a component here, and its use.
@NullMarked
package io.surfacescan.settings;

import org.jspecify.annotations.NullMarked;
