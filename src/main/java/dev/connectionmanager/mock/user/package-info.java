/**
 * The people of the mock authorisation service. All of them are made up. They differ in what clients must cope with: assurance
 * levels, roles, organisations, professional numbers.
 */
package dev.connectionmanager.mock.user;
