// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Route {
    static let network: [Route] =
        [
            Route("GET", "/network", needsToken: false) { _, _ in Answer(recorded: "network.versions") },
            Route("PUT", "/network/v2.0/routers/*/add_router_interface") { (state, call) throws(Refusal) in
                try state.addInterface(call)
            },
            Route("PUT", "/network/v2.0/routers/*/remove_router_interface") { (state, call) throws(Refusal) in
                try state.removeInterface(call)
            },
            Route("GET", "/network/v2.0/quotas/*") { state, call in state.networkQuota(call) },
            Route("GET", "/network/v2.0/quotas/*/details.json") { state, call in state.networkQuotaDetails(call) },
            Route("PUT", "/network/v2.0/quotas/*") { (state, call) throws(Refusal) in
                try state.updateNetworkQuota(call)
            },
            Route("POST", "/network/v2.0/networks") { (state, call) throws(Refusal) in try state.createNetwork(call) },
            Route("POST", "/network/v2.0/subnets") { (state, call) throws(Refusal) in try state.createSubnet(call) },
            Route("POST", "/network/v2.0/ports") { (state, call) throws(Refusal) in try state.createPort(call) },
            Route("POST", "/network/v2.0/routers") { (state, call) throws(Refusal) in try state.createRouter(call) },
            Route("POST", "/network/v2.0/security-groups") { (state, call) throws(Refusal) in
                try state.createGroup(call)
            },
            Route("POST", "/network/v2.0/security-group-rules") { (state, call) throws(Refusal) in
                try state.createRule(call)
            },
            Route("POST", "/network/v2.0/floatingips") { (state, call) throws(Refusal) in
                try state.createFloatingIP(call)
            },
        ] + NetworkNoun.all.flatMap(everyday)

    /// What all of Neutron's nouns share.
    private static func everyday(_ noun: NetworkNoun) -> [Route] {
        let path = "/network/v2.0/\(noun.path)"
        return [
            Route("GET", path) { state, call in state.list(noun, call) },
            Route("GET", path + "/*") { (state, call) throws(Refusal) in
                Answer(200, [noun.name: try state.visible(noun, call.id, call)])
            },
            Route("PUT", path + "/*") { (state, call) throws(Refusal) in try state.update(noun, call) },
            Route("DELETE", path + "/*") { (state, call) throws(Refusal) in try state.delete(noun, call) },
        ]
    }
}
