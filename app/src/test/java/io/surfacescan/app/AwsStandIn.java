package io.surfacescan.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Answers over loopback as EC2, Elastic Load Balancing and STS do, from files of the test's
/// resources: `REGION/SERVICE-ACTION.xml` is what an answer holds, `…-2.xml` its second page. What
/// has no file is an empty list.
final class AwsStandIn implements AutoCloseable {
  private static final Path FILES = Path.of("src/test/resources/aws");

  /// The region and the service that a request was signed for.
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/([^/]+)/");

  /// The version of Elastic Load Balancing whose actions are those of `elb`.
  private static final String CLASSIC = "2012-06-01";

  /// The elements of lists that are not called as the action is.
  private static final Map<String, String> LISTS =
      Map.of(
          "ec2 Instances", "reservationSet",
          "ec2 SecurityGroups", "securityGroupInfo",
          "ec2 ManagedPrefixLists", "prefixListSet",
          "ec2 VpcEndpointServiceConfigurations", "serviceConfigurationSet",
          "ec2 TransitGatewayAttachments", "transitGatewayAttachments",
          "ec2 TransitGatewayVpcAttachments", "transitGatewayVpcAttachments",
          "ec2 TransitGatewayPeeringAttachments", "transitGatewayPeeringAttachments",
          "ec2 TransitGatewayRouteTables", "transitGatewayRouteTables",
          "elb LoadBalancers", "LoadBalancerDescriptions");

  private final HttpServer server;
  private final Set<String> asked = new TreeSet<>();

  /// Errors to answer with, by action: always, or once.
  private final Map<String, String> refused = new HashMap<>();

  private final Set<String> refusedOnce = new HashSet<>();

  AwsStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The actions that were asked for, as policies of IAM name them; with ` 2` for a second page.
  synchronized Set<String> asked() {
    return new TreeSet<>(asked);
  }

  /// Refuses an action in a region.
  ///
  /// @param action such as `eu-west-1 ec2 DescribeVpcs`
  synchronized void refuse(String action, String code) {
    refused.put(action, code);
  }

  /// Refuses an action once.
  synchronized void refuseOnce(String action, String code) {
    refuse(action, code);
    refusedOnce.add(action);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var parameters = new HashMap<String, String>();
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    for (String pair : form.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    var signed = CREDENTIAL.matcher(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!signed.find()) {
      throw new IOException("not signed: " + form);
    }
    String action = parameters.getOrDefault("Action", "");
    String service = signed.group(2);
    if (service.equals("elasticloadbalancing")) {
      service = parameters.getOrDefault("Version", "").equals(CLASSIC) ? "elb" : "elbv2";
    }
    String page = parameters.getOrDefault("NextToken", "");
    String error = note(signed.group(1), service, signed.group(2) + ":" + action, action, page);
    byte[] body =
        (error.isEmpty() ? answer(signed.group(1), service, action, page) : error(error))
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(error.isEmpty() ? 200 : 400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /// Counts a request.
  ///
  /// @return the error to answer with; empty without one
  private synchronized String note(
      String region, String service, String name, String action, String page) {
    asked.add(page.isEmpty() ? name : name + " " + page);
    String key = String.join(" ", region, service, action);
    String error = refused.getOrDefault(key, "");
    if (refusedOnce.remove(key)) {
      refused.remove(key);
    }
    return error;
  }

  private static String answer(String region, String service, String action, String page)
      throws IOException {
    Path file =
        FILES
            .resolve(region)
            .resolve(service + "-" + action + (page.isEmpty() ? "" : "-" + page) + ".xml");
    String content =
        Files.exists(file) ? Files.readString(file) : "<" + list(service, action) + "/>";
    String result = service.equals("ec2") ? content : element(action + "Result", content);
    return element(action + "Response", "<requestId>1</requestId>" + result);
  }

  private static String list(String service, String action) {
    String things = action.replaceFirst("^[A-Z][a-z]+", "");
    String singular = things.replaceFirst("s$", "");
    return LISTS.getOrDefault(
        service + " " + things,
        service.equals("ec2")
            ? Character.toLowerCase(singular.charAt(0)) + singular.substring(1) + "Set"
            : things);
  }

  private static String error(String code) {
    String error = element("Code", code) + element("Message", "The stand-in refuses this.");
    // One shape for both protocols: EC2 looks for `Errors`, the others for `Error`.
    return element(
        "Response",
        element("Errors", element("Error", error))
            + element("Error", error)
            + element("RequestID", "1"));
  }

  private static String element(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
