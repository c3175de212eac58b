/**
 * Pages of an application and of handing it over.
 */
package dev.connectionmanager.web.application;
