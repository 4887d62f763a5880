package io.surfacescan.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The server under test, asked one thing at a time before and after the load.
final class RunningServer implements AutoCloseable {
  /// The largest page there is.
  private static final int PAGE = 1000;

  private static final int SHOWN = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  RunningServer(URI address) {
    this.address = address;
  }

  /// The first VMs of the served environment, and how many it has.
  ///
  /// @param ids percent-encoded, as they stand in a query
  record Vms(List<String> ids, long count) {}

  /// @param most how many VMs to list at most
  Vms vms(int most) throws InterruptedException {
    var ids = new ArrayList<String>();
    var page = answer("/vms?limit=" + Math.min(PAGE, most));
    long count = page.headers().firstValueAsLong("X-Total-Count").orElse(0);
    while (true) {
      for (JsonNode row : json(page)) {
        if (ids.size() < most) {
          ids.add(URLEncoder.encode(row.path("vm_id").asText(), StandardCharsets.UTF_8));
        }
      }
      var next = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
      if (ids.size() == most || !next.find()) {
        return new Vms(ids, Math.max(count, ids.size()));
      }
      page = answer(next.group(1));
    }
  }

  /// The requests that the server has counted for a question, and the milliseconds it took for all.
  record Counted(long requests, double milliseconds) {
    /// The mean time of those that came since, or nothing to tell if none came.
    String meanSince(Counted before) {
      long since = requests - before.requests;
      return since <= 0 ? "-" : String.format("%.3f", (milliseconds - before.milliseconds) / since);
    }
  }

  Counted counted(Question question) throws InterruptedException {
    var route = json(answer("/stats")).path("routes").path("/" + question.route());
    long requests = route.path("request_count").asLong();
    return new Counted(requests, requests * route.path("average_request_time").asDouble());
  }

  private HttpResponse<String> answer(String target) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve(target))
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new LoadFailure(
            address.resolve(target) + " answers " + answer.statusCode() + ": " + start(answer));
      }
      return answer;
    } catch (IOException e) {
      throw new LoadFailure(
          "no surfacescan answers at "
              + address
              + " ("
              + e
              + "); start it, or leave --host out to have one started");
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new LoadFailure(answer.uri() + " is not answered with JSON: " + start(answer));
    }
  }

  private static String start(HttpResponse<String> answer) {
    String body = answer.body();
    return body.substring(0, Math.min(SHOWN, body.length()));
  }

  @Override
  public void close() {
    client.close();
  }
}
