/** The resources of a team's test users and of its requests for new ones. */
package dev.connectionmanager.api.testuser;
