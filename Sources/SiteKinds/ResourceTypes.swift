// SPDX-License-Identifier: Apache-2.0

package import Resources

/// The kinds that others refer to, by the names that stand in their own folders.
///
/// A test in the assembly holds each equal to its kind's own type.
extension ResourceType {
    package static let site = ResourceType(
        group: "management.scs.community", version: "v1alpha1", kind: "Site", plural: "sites", isNamespaced: false)
    package static let organization = ResourceType(
        group: "management.scs.community", version: "v1alpha1", kind: "Organization", plural: "organizations",
        isNamespaced: false)
    package static let project = ResourceType(
        group: "management.scs.community", version: "v1alpha1", kind: "Project", plural: "projects",
        isNamespaced: false)
    package static let network = ResourceType(
        group: "networking.scs.community", version: "v1alpha1", kind: "Network", plural: "networks")
    package static let port = ResourceType(
        group: "networking.scs.community", version: "v1alpha1", kind: "Port", plural: "ports")
    package static let securityGroup = ResourceType(
        group: "networking.scs.community", version: "v1alpha1", kind: "SecurityGroup", plural: "securitygroups")
    package static let router = ResourceType(
        group: "networking.scs.community", version: "v1alpha1", kind: "Router", plural: "routers")
    package static let floatingIP = ResourceType(
        group: "networking.scs.community", version: "v1alpha1", kind: "FloatingIP", plural: "floatingips")
    package static let sshKey = ResourceType(
        group: "compute.scs.community", version: "v1alpha1", kind: "SSHKey", plural: "sshkeys")
    package static let virtualMachine = ResourceType(
        group: "compute.scs.community", version: "v1alpha1", kind: "VirtualMachine", plural: "virtualmachines")
    package static let volume = ResourceType(
        group: "storage.scs.community", version: "v1alpha1", kind: "Volume", plural: "volumes")
    package static let volumeSnapshot = ResourceType(
        group: "storage.scs.community", version: "v1alpha1", kind: "VolumeSnapshot", plural: "volumesnapshots")
    package static let secret = ResourceType(group: "", version: "v1", kind: "Secret", plural: "secrets")
    package static let namespace = ResourceType(
        group: "", version: "v1", kind: "Namespace", plural: "namespaces", isNamespaced: false)
}
