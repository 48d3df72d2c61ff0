// SPDX-License-Identifier: Apache-2.0

extension Route {
    static let identity: [Route] = [
        Route("GET", "/identity", needsToken: false) { _, _ in Answer(recorded: "identity.versions") },
        Route("GET", "/identity/v3", needsToken: false) { _, _ in Answer(recorded: "identity.version") },
        Route("POST", "/identity/v3/auth/tokens", needsToken: false) { (state, call) throws(Refusal) in
            try state.issueToken(call)
        },
        Route("GET", "/identity/v3/auth/projects") { state, call in state.ownProjects(call) },
        Route("GET", "/identity/v3/domains/*") { (state, call) throws(Refusal) in try state.showDomain(call) },
        Route("GET", "/identity/v3/roles") { (state, call) throws(Refusal) in try state.listRoles(call) },
        Route("GET", "/identity/v3/role_assignments") { state, call in state.listAssignments(call) },

        Route("GET", "/identity/v3/projects") { state, call in state.listProjects(call) },
        Route("POST", "/identity/v3/projects") { (state, call) throws(Refusal) in try state.createProject(call) },
        Route("GET", "/identity/v3/projects/*") { (state, call) throws(Refusal) in try state.showProject(call) },
        Route("PATCH", "/identity/v3/projects/*") { (state, call) throws(Refusal) in try state.updateProject(call) },
        Route("DELETE", "/identity/v3/projects/*") { (state, call) throws(Refusal) in try state.deleteProject(call) },

        Route("GET", "/identity/v3/users") { state, call in state.listUsers(call) },
        Route("POST", "/identity/v3/users") { (state, call) throws(Refusal) in try state.createUser(call) },
        Route("GET", "/identity/v3/users/*") { (state, call) throws(Refusal) in try state.showUser(call) },
        Route("PATCH", "/identity/v3/users/*") { (state, call) throws(Refusal) in try state.updateUser(call) },
        Route("DELETE", "/identity/v3/users/*") { (state, call) throws(Refusal) in try state.deleteUser(call) },

        Route("PUT", "/identity/v3/projects/*/users/*/roles/*") { (state, call) throws(Refusal) in
            try state.grantRole(call)
        },
        Route("HEAD", "/identity/v3/projects/*/users/*/roles/*") { (state, call) throws(Refusal) in
            try state.checkRole(call)
        },
        Route("DELETE", "/identity/v3/projects/*/users/*/roles/*") { (state, call) throws(Refusal) in
            try state.revokeRole(call)
        },
        Route("GET", "/identity/v3/projects/*/users/*/roles") { state, call in state.listGrants(call) },

        Route("GET", "/identity/v3/users/*/application_credentials") { state, call in
            state.listApplicationCredentials(call)
        },
        Route("POST", "/identity/v3/users/*/application_credentials") { (state, call) throws(Refusal) in
            try state.createApplicationCredential(call)
        },
        Route("GET", "/identity/v3/users/*/application_credentials/*") { (state, call) throws(Refusal) in
            try state.showApplicationCredential(call)
        },
        Route("DELETE", "/identity/v3/users/*/application_credentials/*") { (state, call) throws(Refusal) in
            try state.deleteApplicationCredential(call)
        },
    ]
}
