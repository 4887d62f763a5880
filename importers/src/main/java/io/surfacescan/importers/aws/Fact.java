package io.surfacescan.importers.aws;

/// What an export says: a resource, or something about a resource that another file may list.
public sealed interface Fact
    permits Resource,
        Resource.GroupRule,
        Resource.TransitEntry,
        Resource.PrefixEntries,
        Resource.Targets,
        Resource.Attributes,
        Resource.AccessBlock,
        Resource.AccessExclusion {}
