// SPDX-License-Identifier: Apache-2.0

extension Route {
    static let compute: [Route] = offers + servers + keypairs

    private static let offers: [Route] = [
        Route("GET", "/compute", needsToken: false) { _, _ in Answer(recorded: "compute.versions") },
        Route("GET", "/compute/v2.1") { _, _ in Answer(recorded: "compute.version") },
        Route("GET", "/compute/v2.1/flavors/detail") { _, call in SiteState.listFlavors(call) },
        Route("GET", "/compute/v2.1/flavors/*") { (_, call) throws(Refusal) in
            guard let flavor = SiteState.flavor(call.id) else { throw Refusal("compute.flavor.absent", name: call.id) }
            return Answer(like: "compute.flavor.get", "flavor", flavor)
        },
        Route("GET", "/compute/v2.1/limits") { state, call in state.computeLimits(call) },
        Route("GET", "/compute/v2.1/os-availability-zone") { _, _ in Answer(recorded: "compute.zones") },
        Route("GET", "/compute/v2.1/os-quota-sets/*") { state, call in state.computeQuota(call) },
        Route("PUT", "/compute/v2.1/os-quota-sets/*") { (state, call) throws(Refusal) in
            try state.updateComputeQuota(call)
        },
    ]

    private static let servers: [Route] = [
        Route("GET", "/compute/v2.1/servers/detail") { (state, call) throws(Refusal) in try state.listServers(call) },
        Route("GET", "/compute/v2.1/servers") { (state, call) throws(Refusal) in try state.listServers(call) },
        Route("POST", "/compute/v2.1/servers") { (state, call) throws(Refusal) in try state.createServer(call) },
        Route("GET", "/compute/v2.1/servers/*") { (state, call) throws(Refusal) in
            Answer(like: "compute.server.get", "server", state.rendered(try state.server(call)))
        },
        Route("PUT", "/compute/v2.1/servers/*") { (state, call) throws(Refusal) in try state.updateServer(call) },
        Route("DELETE", "/compute/v2.1/servers/*") { (state, call) throws(Refusal) in try state.deleteServer(call) },
        Route("PUT", "/compute/v2.1/servers/*/metadata") { (state, call) throws(Refusal) in
            try state.replaceMetadata(call)
        },
        Route("POST", "/compute/v2.1/servers/*/action") { (state, call) throws(Refusal) in
            try state.actOnServer(call)
        },
        Route("GET", "/compute/v2.1/servers/*/os-interface") { (state, call) throws(Refusal) in
            try state.listInterfaces(call)
        },
        Route("GET", "/compute/v2.1/servers/*/os-volume_attachments") { (state, call) throws(Refusal) in
            try state.listAttachments(call)
        },
        Route("POST", "/compute/v2.1/servers/*/os-volume_attachments") { (state, call) throws(Refusal) in
            try state.attachVolume(call)
        },
        Route("GET", "/compute/v2.1/servers/*/os-volume_attachments/*") { (state, call) throws(Refusal) in
            try state.showAttachment(call)
        },
        Route("DELETE", "/compute/v2.1/servers/*/os-volume_attachments/*") { (state, call) throws(Refusal) in
            try state.detachVolume(call)
        },
        Route("GET", "/compute/v2.1/servers/*/os-instance-actions") { (state, call) throws(Refusal) in
            try state.listActions(call)
        },
        Route("GET", "/compute/v2.1/servers/*/os-instance-actions/*") { (state, call) throws(Refusal) in
            try state.showAction(call)
        },
    ]

    private static let keypairs: [Route] = [
        Route("GET", "/compute/v2.1/os-keypairs") { state, call in state.listKeypairs(call) },
        Route("POST", "/compute/v2.1/os-keypairs") { (state, call) throws(Refusal) in try state.createKeypair(call) },
        Route("GET", "/compute/v2.1/os-keypairs/*") { (state, call) throws(Refusal) in try state.showKeypair(call) },
        Route("DELETE", "/compute/v2.1/os-keypairs/*") { (state, call) throws(Refusal) in
            try state.deleteKeypair(call)
        },
    ]
}
