// SPDX-License-Identifier: Apache-2.0

/// Which message an object of a kind is.
enum KnownMessages {
    /// Absent for a kind that has no message here.
    static func type(apiVersion: String, kind: String) -> (any ObjectForm.Type)? {
        // Go's clients name the options of a deletion in the group of what they delete.
        kind == "DeleteOptions" ? MetaDeleteOptions.self : byVersion[apiVersion]?[kind]
    }

    private static let byVersion: [String: [String: any ObjectForm.Type]] = [
        "v1": [
            "Namespace": CoreNamespace.self, "Secret": CoreSecret.self, "ConfigMap": CoreConfigMap.self,
            "ServiceAccount": CoreServiceAccount.self, "Event": CoreEvent.self,
        ],
        "coordination.k8s.io/v1": ["Lease": CoordinationLease.self],
        "rbac.authorization.k8s.io/v1": [
            "Role": RBACRole.self, "RoleBinding": RBACRoleBinding.self, "ClusterRole": RBACClusterRole.self,
            "ClusterRoleBinding": RBACClusterRoleBinding.self,
        ],
        "authentication.k8s.io/v1": [
            "TokenRequest": AuthenticationTokenRequest.self, "TokenReview": AuthenticationTokenReview.self,
            "SelfSubjectReview": AuthenticationSelfSubjectReview.self,
        ],
        "authorization.k8s.io/v1": [
            "SubjectAccessReview": AuthorizationSubjectAccessReview.self,
            "LocalSubjectAccessReview": AuthorizationLocalSubjectAccessReview.self,
            "SelfSubjectAccessReview": AuthorizationSelfSubjectAccessReview.self,
            "SelfSubjectRulesReview": AuthorizationSelfSubjectRulesReview.self,
        ],
    ]
}
