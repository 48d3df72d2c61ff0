// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Route {
    static let volume: [Route] =
        [
            Route("GET", "/volume", needsToken: false) { _, _ in Answer(recorded: "volume.versions") },
            Route("GET", "/volume/v3") { _, _ in Answer(recorded: "volume.version") },
            Route("GET", "/volume/v3/*/limits") { state, call in state.volumeLimits(call) },
            Route("GET", "/volume/v3/*/types") { _, _ in Answer(recorded: "volume.types") },
        ] + volumes + snapshots

    private static let volumes: [Route] = [
        Route("GET", "/volume/v3/*/volumes") { state, call in state.listVolumes(call) },
        Route("GET", "/volume/v3/*/volumes/detail") { state, call in state.listVolumes(call) },
        Route("POST", "/volume/v3/*/volumes") { (state, call) throws(Refusal) in try state.createVolume(call) },
        Route("GET", "/volume/v3/*/volumes/*") { (state, call) throws(Refusal) in
            Answer(200, ["volume": try state.volume(call)])
        },
        Route("PUT", "/volume/v3/*/volumes/*") { (state, call) throws(Refusal) in try state.updateVolume(call) },
        Route("PUT", "/volume/v3/*/volumes/*/metadata") { (state, call) throws(Refusal) in
            try state.replaceVolumeMetadata(call)
        },
        Route("POST", "/volume/v3/*/volumes/*/action") { (state, call) throws(Refusal) in
            try state.actOnVolume(call)
        },
        Route("DELETE", "/volume/v3/*/volumes/*") { (state, call) throws(Refusal) in try state.deleteVolume(call) },
    ]

    private static let snapshots: [Route] = [
        Route("GET", "/volume/v3/*/snapshots/detail") { state, call in state.listSnapshots(call) },
        Route("POST", "/volume/v3/*/snapshots") { (state, call) throws(Refusal) in try state.createSnapshot(call) },
        Route("GET", "/volume/v3/*/snapshots/*") { (state, call) throws(Refusal) in
            Answer(200, ["snapshot": try state.snapshot(call)])
        },
        Route("PUT", "/volume/v3/*/snapshots/*") { (state, call) throws(Refusal) in try state.updateSnapshot(call) },
        Route("PUT", "/volume/v3/*/snapshots/*/metadata") { (state, call) throws(Refusal) in
            try state.replaceSnapshotMetadata(call)
        },
        Route("DELETE", "/volume/v3/*/snapshots/*") { (state, call) throws(Refusal) in
            try state.deleteSnapshot(call)
        },
    ]
}
