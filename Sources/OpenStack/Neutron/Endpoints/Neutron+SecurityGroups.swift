// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Neutron {
    /// Lists security groups: `GET /v2.0/security-groups`, all pages.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#list-security-groups
    package func securityGroups(_ query: Query = [:]) async throws -> [SecurityGroup] {
        try await list("security_groups", "/security-groups", query)
    }

    /// Shows a security group: `GET /v2.0/security-groups/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#show-security-group
    package func securityGroup(_ id: String) async throws -> SecurityGroup {
        try await show("security_group", "/security-groups/\(id)")
    }

    /// Makes a security group: `POST /v2.0/security-groups`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#create-security-group
    package func createSecurityGroup(
        _ securityGroup: NewSecurityGroup, native: JSONObject = JSONObject()
    ) async throws -> SecurityGroup {
        try await create("security_group", "/security-groups", securityGroup, native)
    }

    /// Changes a security group: `PUT /v2.0/security-groups/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#update-security-group
    package func updateSecurityGroup(_ id: String, _ changes: JSON) async throws -> SecurityGroup {
        try await update("security_group", "/security-groups/\(id)", changes)
    }

    /// Deletes a security group: `DELETE /v2.0/security-groups/{id}`; 409 while ports use it, and always for `default`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#delete-security-group
    package func deleteSecurityGroup(_ id: String) async throws {
        try await delete("security_group", "/security-groups/\(id)")
    }

    /// Lists security group rules: `GET /v2.0/security-group-rules`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#list-security-group-rules
    package func securityGroupRules(_ query: Query = [:]) async throws -> [SecurityGroupRule] {
        try await list("security_group_rules", "/security-group-rules", query)
    }

    /// Makes a security group rule: `POST /v2.0/security-group-rules`.
    ///
    /// 409 `SecurityGroupRuleExists` names the id of the same rule.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#create-security-group-rule
    package func createSecurityGroupRule(_ rule: NewSecurityGroupRule) async throws -> SecurityGroupRule {
        try await create("security_group_rule", "/security-group-rules", rule, JSONObject())
    }

    /// Deletes a security group rule: `DELETE /v2.0/security-group-rules/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#delete-security-group-rule
    package func deleteSecurityGroupRule(_ id: String) async throws {
        try await delete("security_group_rule", "/security-group-rules/\(id)")
    }
}
