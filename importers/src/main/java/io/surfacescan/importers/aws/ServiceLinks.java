package io.surfacescan.importers.aws;

import static io.surfacescan.reachability.Selector.marked;

import io.surfacescan.importers.aws.Resource.Address;
import io.surfacescan.importers.aws.Resource.Balancer;
import io.surfacescan.importers.aws.Resource.EndpointService;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.VpcEndpoint;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// PrivateLink: an interface endpoint leads to the network balancers of the service behind it, if
/// the export holds that service too. Nothing leads back.
///
/// The balancer's security groups see the endpoint's packets unless they are told not to; no
/// network ACL does, since the packets cross no subnet.
record ServiceLinks(
    Inventory inventory,
    Endpoints endpoints,
    BalancerLinks balancers,
    Function<SourceOffset, Place> places,
    ReachabilityModel.Builder model) {
  void add() {
    Map<String, List<Nic>> nicsOfId = new HashMap<>();
    for (Nic nic : endpoints.nics()) {
      nicsOfId.computeIfAbsent(nic.id(), absent -> new ArrayList<>(1)).add(nic);
    }
    for (VpcEndpoint endpoint : inventory.endpoints.all()) {
      var nics =
          endpoint.nics().stream()
              .flatMap(id ->
                  inventory.nics.find(id, endpoint.head().unit()).stream()
                      .filter(nic -> nicsOfId.getOrDefault(id, List.of()).contains(nic)))
              .toList();
      nics.forEach(nic -> endpoints.name(nic, endpoint.service()));
      if (endpoint.isAvailable() && endpoint.type().equals("Interface")) {
        add(endpoint, nics);
      }
    }
  }

  private void add(VpcEndpoint endpoint, List<Nic> nics) {
    var led = new IdentityHashMap<Balancer, Boolean>();
    for (EndpointService service : inventory.services.all()) {
      if (service.service().equals(endpoint.service())) {
        service
            .balancers()
            .forEach(arn ->
                inventory
                    .balancers
                    .find(arn, service.head().unit())
                    .ifPresent(balancer -> led.put(balancer, true)));
      }
    }
    for (Balancer balancer : inventory.balancers.all()) {
      if (led.containsKey(balancer)) {
        link(endpoint, nics, balancer);
      }
    }
  }

  private void link(VpcEndpoint endpoint, List<Nic> nics, Balancer balancer) {
    String name = balancers.name(balancer);
    String sender = AwsMarks.forwards(inventory.endpoints.name(endpoint) + " to " + name);
    boolean isChecked = balancer.checksPrivateLink();
    for (Nic nic : nics) {
      var marks = new ArrayList<String>(List.of(sender, AwsMarks.SERVICE_CLIENT));
      if (!isChecked) {
        marks.add(AwsMarks.UNCHECKED_CLIENT);
      }
      for (Address address : nic.addresses()) {
        endpoints.addSender(
            nic, new NetworkInterface(model.marks(Marks.of(marks)), address.address()));
      }
    }
    model.link(
        new Link(
            endpoint.id() + "/" + name,
            "endpoint " + endpoint.id() + " to " + endpoint.service(),
            Optional.of(places.apply(endpoint.head().spot())),
            marked(sender),
            marked(AwsMarks.balancer(name)),
            Services.ALL));
  }
}
