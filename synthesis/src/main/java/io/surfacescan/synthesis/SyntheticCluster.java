package io.surfacescan.synthesis;

import java.io.IOException;
import java.util.Locale;

/// The export of an invented cluster, as `kubectl get ns,deploy,pods,netpol -A -o json` would write
/// it.
///
/// Each namespace has some hundred pods in workloads of ten, and a team and a stage as labels. Of
/// the policies one in ten isolates a namespace; most let one workload of a namespace into another
/// at some port; some let in a whole stage, or a range of addresses without a part of it, or let a
/// workload out to names alone. Pods carry what real ones do, most of which is about other things.
///
/// @param pods at least 1
/// @param policies at least 0
public record SyntheticCluster(int pods, int policies, long seed) {
  private static final int PODS_OF_NAMESPACE = 400;
  private static final int PODS_OF_WORKLOAD = 10;
  private static final int STREAM_POLICY = 101;
  private static final int STREAM_TARGET = 102;
  private static final int STREAM_PEER = 103;
  private static final int STREAM_PORT = 104;
  private static final String[] STAGES = {"prod", "staging", "dev"};

  public SyntheticCluster {
    if (pods < 1 || policies < 0) {
      throw new IllegalArgumentException("a cluster has at least one pod");
    }
  }

  public int namespaces() {
    return (pods + PODS_OF_NAMESPACE - 1) / PODS_OF_NAMESPACE;
  }

  /// Writes the export; the same cluster gives the same text.
  public void write(Appendable out) throws IOException {
    out.append("{\n\"apiVersion\": \"v1\",\n\"items\": [\n");
    for (int namespace = 0; namespace < namespaces(); namespace++) {
      writeNamespace(out, namespace);
    }
    for (int workload = 0;
        workload < (pods + PODS_OF_WORKLOAD - 1) / PODS_OF_WORKLOAD;
        workload++) {
      writeDeployment(out, workload);
    }
    for (int pod = 0; pod < pods; pod++) {
      writePod(out, pod);
    }
    for (int policy = 0; policy < policies; policy++) {
      writePolicy(out, policy);
    }
    out.append(
        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"empty\"}}\n");
    out.append("],\n\"kind\": \"List\",\n\"metadata\": {\"resourceVersion\": \"\"}\n}\n");
  }

  private static String nameOfNamespace(int namespace) {
    return String.format(
        Locale.ROOT, "team-%03d-%s", namespace / STAGES.length, STAGES[namespace % STAGES.length]);
  }

  private static void writeNamespace(Appendable out, int namespace) throws IOException {
    out.append(
        String.format(
            Locale.ROOT,
            """
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s", "labels": {\
            "kubernetes.io/metadata.name": "%s", "team": "t%d", "stage": "%s"}}, \
            "status": {"phase": "Active"}},
            """,
            nameOfNamespace(namespace),
            nameOfNamespace(namespace),
            namespace / STAGES.length,
            STAGES[namespace % STAGES.length]));
  }

  private static int namespaceOf(int workload) {
    return workload * PODS_OF_WORKLOAD / PODS_OF_NAMESPACE;
  }

  private static String app(int workload) {
    return String.format(
        Locale.ROOT, "app-%02d", workload % (PODS_OF_NAMESPACE / PODS_OF_WORKLOAD));
  }

  private static void writeDeployment(Appendable out, int workload) throws IOException {
    out.append(
        String.format(
            Locale.ROOT,
            """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%s", \
            "namespace": "%s"}, "spec": {"replicas": %d, "template": {"metadata": {"labels": {\
            "app": "%s", "tier": "tier-%d"}}, "spec": {"containers": []}}}},
            """,
            app(workload),
            nameOfNamespace(namespaceOf(workload)),
            PODS_OF_WORKLOAD,
            app(workload),
            workload % 4));
  }

  private static void writePod(Appendable out, int pod) throws IOException {
    int workload = pod / PODS_OF_WORKLOAD;
    String hash = String.format(Locale.ROOT, "%09x", workload * 2_654_435_761L & 0xFFFFFFFFFL);
    String app = app(workload);
    int port = 8000 + workload % 7;
    out.append(
        String.format(
            Locale.ROOT,
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {\
            "prometheus.io/port": "%d", "prometheus.io/scrape": "true"}, \
            "creationTimestamp": "2026-01-01T00:00:00Z", "generateName": "%s-%s-", \
            "labels": {"app": "%s", "pod-template-hash": "%s", "tier": "tier-%d"}, \
            "name": "%s-%s-%05x", "namespace": "%s", "ownerReferences": [{\
            "apiVersion": "apps/v1", "blockOwnerDeletion": true, "controller": true, \
            "kind": "ReplicaSet", "name": "%s-%s", "uid": "00000000-0000-4000-8000-%012x"}], \
            "resourceVersion": "%d", "uid": "00000000-0000-4000-9000-%012x"}, \
            """,
            port,
            app,
            hash,
            app,
            hash,
            workload % 4,
            app,
            hash,
            pod,
            nameOfNamespace(namespaceOf(workload)),
            app,
            hash,
            workload,
            1_000_000 + pod,
            pod));
    out.append(
        String.format(
            Locale.ROOT,
            """
            "spec": {"containers": [{"env": [{"name": "LOG_LEVEL", "value": "info"}, \
            {"name": "POD_IP", "valueFrom": {"fieldRef": {"apiVersion": "v1", \
            "fieldPath": "status.podIP"}}}], "image": "registry.example/%s:1.%d", \
            "imagePullPolicy": "IfNotPresent", "livenessProbe": {"failureThreshold": 3, \
            "httpGet": {"path": "/live", "port": "http", "scheme": "HTTP"}, \
            "periodSeconds": 10}, "name": "main", "ports": [{"containerPort": %d, \
            "name": "http", "protocol": "TCP"}, {"containerPort": 9090, "name": "metrics", \
            "protocol": "TCP"}], "resources": {"limits": {"cpu": "500m", "memory": "256Mi"}, \
            "requests": {"cpu": "100m", "memory": "128Mi"}}, \
            "terminationMessagePath": "/dev/termination-log", "volumeMounts": [{\
            "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", \
            "name": "kube-api-access", "readOnly": true}]}], "dnsPolicy": "ClusterFirst", \
            "nodeName": "node-%04d", "restartPolicy": "Always", \
            "serviceAccountName": "default", "tolerations": [{"effect": "NoExecute", \
            "key": "node.kubernetes.io/not-ready", "operator": "Exists", \
            "tolerationSeconds": 300}], "volumes": [{"name": "kube-api-access", \
            "projected": {"defaultMode": 420, "sources": [{"serviceAccountToken": {\
            "expirationSeconds": 3607, "path": "token"}}]}}]}, \
            "status": {"conditions": [{"lastTransitionTime": "2026-01-01T00:00:05Z", \
            "status": "True", "type": "Ready"}], "containerStatuses": [{"name": "main", \
            "ready": true, "restartCount": 0, "started": true}], "hostIP": "192.168.%d.%d", \
            "phase": "Running", "podIP": "10.%d.%d.%d", "qosClass": "Burstable"}},
            """,
            app,
            workload % 50,
            port,
            pod % 1000,
            pod % 1000 / 250,
            pod % 250,
            pod >> 16,
            pod >> 8 & 0xFF,
            pod & 0xFF));
  }

  private void writePolicy(Appendable out, int policy) throws IOException {
    var draws = new SeededDraws(seed);
    int namespace = policy % namespaces();
    String target = app(draws.below(40, STREAM_TARGET, policy));
    String peer = app(draws.below(40, STREAM_PEER, policy));
    int port = 8000 + draws.below(7, STREAM_PORT, policy);
    int kind = policy < namespaces() ? 0 : 1 + draws.below(9, STREAM_POLICY, policy);
    String spec =
        switch (kind) {
          case 0 -> "\"podSelector\": {}, \"policyTypes\": [\"Ingress\"]";
          case 1 ->
              selects(target)
                  + ingress(
                      "{\"namespaceSelector\": {\"matchLabels\": {\"stage\": \""
                          + STAGES[policy % STAGES.length]
                          + "\"}}}",
                      port);
          case 2 ->
              selects(target)
                  + ingress(
                      String.format(
                          Locale.ROOT,
                          "{\"ipBlock\": {\"cidr\": \"10.%d.0.0/16\", \"except\": [\"10.%d.%d.0/24\"]}}",
                          policy % 8,
                          policy % 8,
                          policy % 16),
                      443);
          case 3 ->
              selects(target)
                  + "\"policyTypes\": [\"Egress\"], \"egress\": [{\"ports\": [{\"port\": 53, \"protocol\": \"UDP\"}]}, {\"to\": [{\"podSelector\": {\"matchLabels\": {\"app\": \""
                  + peer
                  + "\"}}}]}]";
          default ->
              selects(target)
                  + ingress(
                      "{\"podSelector\": {\"matchLabels\": {\"app\": \"" + peer + "\"}}}", port);
        };
    out.append(
        String.format(
            Locale.ROOT,
            """
            {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {\
            "name": "policy-%05d", "namespace": "%s"}, "spec": {%s}},
            """,
            policy,
            nameOfNamespace(namespace),
            spec));
  }

  private static String selects(String app) {
    return "\"podSelector\": {\"matchLabels\": {\"app\": \"" + app + "\"}}, ";
  }

  private static String ingress(String peer, int port) {
    return "\"policyTypes\": [\"Ingress\"], \"ingress\": [{\"from\": ["
        + peer
        + "], \"ports\": [{\"port\": "
        + port
        + ", \"protocol\": \"TCP\"}]}]";
  }
}
