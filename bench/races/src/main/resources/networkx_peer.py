"""NetworkX in the races: speaks the lines that PeerProcess documents.

Arguments: the environment as a file, the VMs asked about as numbers in a file, seconds for checking, seconds for timing.
"""
import array
import gc
import hashlib
import json
import math
import sys
import time

import networkx


def tell(line):
    print(line, flush=True)


def tell_and_wait(line):
    tell(line)
    if not sys.stdin.readline():
        sys.exit(1)


def digest(vms):
    numbers = array.array("i", sorted(vms))
    if sys.byteorder == "big":
        numbers.byteswap()
    return hashlib.sha256(numbers.tobytes()).hexdigest()


def link_graph(vms, rules):
    """The links of LinkGraph: VM to source tag, source tag to destination tag, destination tag to VM."""
    sources = {rule["source_tag"] for rule in rules}
    dests = {rule["dest_tag"] for rule in rules}
    nodes = {}
    source_node = lambda tag: nodes.setdefault((tag, 0), len(vms) + len(nodes))
    dest_node = lambda tag: nodes.setdefault((tag, 1), len(vms) + len(nodes))
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(len(vms)))
    graph.add_edges_from((n, source_node(tag)) for n, vm in enumerate(vms) for tag in vm["tags"] if tag in sources)
    graph.add_edges_from((dest_node(tag), n) for n, vm in enumerate(vms) for tag in vm["tags"] if tag in dests)
    graph.add_edges_from((source_node(rule["source_tag"]), dest_node(rule["dest_tag"])) for rule in rules)
    return graph


def quantile(ordered, share):
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def main(document, sample, check_seconds, time_seconds):
    with open(document, encoding="utf-8") as file:
        environment = json.load(file)
    with open(sample, encoding="utf-8") as file:
        asked = [int(line) for line in file]
    vms = environment["vms"]
    # What was read stays; the collector need not look at it again and again.
    gc.freeze()
    tell_and_wait("environment")

    start = time.perf_counter_ns()
    graph = link_graph(vms, environment["fw_rules"])
    gc.freeze()
    tell_and_wait(f"loaded {time.perf_counter_ns() - start}")

    count = len(vms)

    def attackers(vm):
        return [node for node in networkx.ancestors(graph, vm) if node < count]

    tell("way ")
    end = time.monotonic() + check_seconds
    checked = 0
    while checked < len(asked) and (checked == 0 or time.monotonic() < end):
        answer = attackers(asked[checked])
        checked += 1
        tell(f"answer {len(answer)} {digest(answer)}")
    tell_and_wait("checked")

    taken = [[] for _ in range(checked)]
    end = time.monotonic() + time_seconds
    told = time.monotonic()
    while not taken[0] or (time.monotonic() < end and len(taken[0]) < 1000):
        for n in range(checked):
            start = time.perf_counter_ns()
            answer = attackers(asked[n])
            taken[n].append(time.perf_counter_ns() - start)
            if time.monotonic() > told + 1:
                tell("alive")
                told = time.monotonic()
    everything = sorted(nanos for rounds in taken for nanos in rounds)
    tell("took " + " ".join(str(quantile(sorted(rounds), 0.5)) for rounds in taken))
    tell(f"all {quantile(everything, 0.5)} {quantile(everything, 0.99)} {everything[-1]}")
    tell_and_wait("held")


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
