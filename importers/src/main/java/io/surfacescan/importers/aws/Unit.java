package io.surfacescan.importers.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a file stands in an export: files of one folder are of one account and region, as long as
/// their content does not say otherwise.
///
/// @param folder the path up to the file, or up to the region's folder
/// @param file its name, with percent-encoding undone: collectors put ids into it
/// @param account from a folder's name; empty if none names it
/// @param region likewise
public record Unit(String folder, String file, String account, String region) {
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d{1,2}");
  private static final Pattern ZONE = Pattern.compile("([a-z]{2}(?:-[a-z]+)+-\\d{1,2})[a-z-].*");
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  public static Unit of(String path) {
    String[] parts = path.replace('\\', '/').split("/", -1);
    String account = "";
    String region = "";
    for (int i = 0; i < parts.length - 1; i++) {
      if (REGION.matcher(parts[i]).matches()) {
        region = parts[i];
        // A collector may name the account's folder by the account's name.
        account = account.isEmpty() && i > 0 ? parts[i - 1] : account;
      } else if (ACCOUNT.matcher(parts[i]).matches()) {
        account = parts[i];
      }
    }
    String file = parts[parts.length - 1];
    return new Unit(
        folder(parts, region),
        decoded(file),
        account.equals("aws_configs") || account.equals("accounts") ? "" : account,
        region);
  }

  /// Collectors make folders within a region's: they are of the same unit.
  private static String folder(String[] parts, String region) {
    int end = parts.length - 1;
    for (int i = 0; i < parts.length - 1 && !region.isEmpty(); i++) {
      if (parts[i].equals(region)) {
        end = i + 1;
      }
    }
    return String.join("/", List.of(parts).subList(0, end));
  }

  private static String decoded(String file) {
    try {
      return URLDecoder.decode(file.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return file;
    }
  }

  /// The part of the unit that is one account's, where a folder holds several.
  Unit ofOwner(String owner) {
    return new Unit(folder + "\n" + owner, file, owner, region);
  }

  /// Whether the account is known by its number, not by a name that someone gave it.
  boolean hasAccountNumber() {
    return ACCOUNT.matcher(account).matches();
  }

  /// The region of an availability zone; empty if the text is none.
  public static String regionOf(String zone) {
    Matcher matcher = ZONE.matcher(zone);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /// Whether the file's name holds an id, or of an ARN the name that it ends with, whatever
  /// separates its parts.
  boolean names(String id) {
    if (id.isEmpty()) {
      return false;
    }
    String last = id.substring(id.lastIndexOf(':') + 1);
    String withoutKind = last.substring(last.indexOf('/') + 1);
    return file.contains(id)
        || file.replace('_', '-').contains(withoutKind.replace('/', '-').replace('_', '-'))
        || file.contains(withoutKind);
  }
}
