package io.surfacescan.races;

import java.nio.file.Path;
import java.util.List;

/// The peers by name.
enum PeerKind {
  SURFACESCAN {
    @Override
    Peer peer(Path folder) {
      return new SurfacescanPeer();
    }
  },
  PLAIN_SEARCH {
    @Override
    Peer peer(Path folder) {
      return new PlainSearch();
    }
  },
  JGRAPHT {
    @Override
    Peer peer(Path folder) {
      return JGraphTPeer.ofMaps();
    }
  },
  JGRAPHT_SPARSE {
    @Override
    Peer peer(Path folder) {
      return JGraphTPeer.ofRows();
    }
  },
  NEO4J {
    @Override
    Peer peer(Path folder) {
      return new Neo4jPeer(folder);
    }
  },
  SQLITE_TAGS {
    @Override
    Peer peer(Path folder) {
      return new SqlitePeer(SqlModel.TAGS);
    }
  },
  SQLITE_LINKS {
    @Override
    Peer peer(Path folder) {
      return new SqlitePeer(SqlModel.LINKS);
    }
  },
  DUCKDB_TAGS {
    @Override
    Peer peer(Path folder) {
      return new DuckDbPeer(SqlModel.TAGS);
    }
  },
  DUCKDB_LINKS {
    @Override
    Peer peer(Path folder) {
      return new DuckDbPeer(SqlModel.LINKS);
    }
  },
  POSTGRESQL_TAGS {
    @Override
    Peer peer(Path folder) {
      return new PostgresPeer(SqlModel.TAGS, folder);
    }
  },
  POSTGRESQL_LINKS {
    @Override
    Peer peer(Path folder) {
      return new PostgresPeer(SqlModel.LINKS, folder);
    }
  },

  /// The one that runs in Python: `networkx_peer.py` speaks for it as [PeerProcess] does for the
  /// others.
  NETWORKX {
    @Override
    Peer peer(Path folder) {
      throw new IllegalArgumentException("NetworkX runs in Python");
    }
  };

  /// The peer, not loaded yet.
  ///
  /// @param folder an empty folder for its files
  abstract Peer peer(Path folder);

  /// The names of the ways in which the peer can be asked.
  List<String> ways(Path folder) {
    return this == NETWORKX ? List.of("") : peer(folder).ways().stream().map(Way::name).toList();
  }
}
