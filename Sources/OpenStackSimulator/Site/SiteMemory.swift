// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// What of a site's state outlives its process.
struct SiteMemory: Codable, Sendable {
    private let identity: IdentityState
    private let network: NetworkState
    private let compute: ComputeState
    private let volumes: Table<JSON>
    /// Absent in what an older release remembered.
    private let storage: VolumeState?
    private let serial: UInt64

    init(_ state: SiteState) {
        identity = state.identity
        network = state.network
        compute = state.compute
        volumes = state.volumes
        storage = state.storage
        serial = state.serial
    }

    /// Tokens of the present process stay good.
    func restore(_ state: inout SiteState) {
        let tokens = state.identity.tokens
        state.identity = identity
        state.identity.tokens = tokens
        state.network = network
        state.compute = compute
        state.volumes = volumes
        state.storage = storage ?? VolumeState()
        state.serial = serial
    }
}
