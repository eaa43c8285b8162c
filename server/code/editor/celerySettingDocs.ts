/** Each setting of Celery 5.7: its default (celery/app/defaults.py) and what it does. */
const lines = `
accept_content|('json',)|Content types that workers accept; messages of any other are discarded.
arangodb_backend_settings|None|Host, port, database and login of the ArangoDB result backend.
azureblockblob_base_path|''|Path below which results are stored in the Azure container.
azureblockblob_connection_timeout|20|Seconds to wait for a connection to Azure Block Blob.
azureblockblob_container_name|'celery'|Azure container that stores results.
azureblockblob_read_timeout|120|Seconds to wait for an answer of Azure Block Blob.
azureblockblob_retry_increment_base|2|Base of the growing delay between retries.
azureblockblob_retry_initial_backoff_sec|2|Seconds before the first retry.
azureblockblob_retry_max_attempts|3|Maximum number of retries of a request to Azure.
beat_cron_starting_deadline|None|Seconds back in which beat still runs crontab entries that it missed.
beat_enable_remote_control|False|Lets beat answer remote control commands such as ping.
beat_max_loop_interval|0|Maximum seconds between two looks at the schedule; 0: the scheduler's own.
beat_remote_control_max_tick_age|None|Seconds without a tick after which beat stops answering pings.
beat_schedule|{}|Periodic tasks, by name: task, schedule, args, kwargs and options.
beat_schedule_filename|'celerybeat-schedule'|File in which beat keeps the last run times.
beat_scheduler|'celery.beat:PersistentScheduler'|Scheduler class of beat.
beat_sync_every|0|Number of sent tasks after which beat saves its schedule; 0: by time only.
broker_channel_error_retry|False|Reconnects when a channel fails, too.
broker_connection_max_retries|100|Maximum number of attempts to reconnect; 0 or None: no limit.
broker_connection_retry|True|Reconnects automatically when the connection to the broker is lost.
broker_connection_retry_on_startup|None|Retries the first connection to the broker, too.
broker_connection_timeout|4|Seconds to wait for a connection to the broker.
broker_failover_strategy|None|Order in which several broker URLs are tried: round-robin or shuffle.
broker_heartbeat|120|Seconds between AMQP heartbeats; 0 turns them off.
broker_heartbeat_checkrate|3.0|How many times within a heartbeat interval the worker checks for one.
broker_host|None|Host of the broker. Prefer broker_url.
broker_login_method|None|AMQP login method, such as AMQPLAIN or EXTERNAL.
broker_native_delayed_delivery_queue_type|'quorum'|Queue type for native delayed delivery of ETA tasks with quorum queues.
broker_password|None|Password for the broker. Prefer broker_url.
broker_pool_acquire_timeout|None|Seconds to wait for a free connection of the pool; None: no limit.
broker_pool_limit|10|Maximum number of open connections of a producer's pool; 0 or None turns the pool off.
broker_port|None|Port of the broker. Prefer broker_url.
broker_read_url|None|Broker URL for consuming, where it differs from the one for publishing.
broker_transport|None|Transport of the broker. Prefer broker_url.
broker_transport_options|{}|Options of the transport, such as visibility_timeout, global_keyprefix or priority_steps.
broker_url|None|URL of the broker, or a list of URLs to fail over between.
broker_use_ssl|False|TLS options for the connection to the broker; True: the defaults.
broker_user|None|User name for the broker. Prefer broker_url.
broker_vhost|None|Virtual host of the broker. Prefer broker_url.
broker_write_url|None|Broker URL for publishing, where it differs from the one for consuming.
cache_backend|None|URL of the cache that stores results.
cache_backend_options|{}|Options of the cache client.
cassandra_auth_kwargs|None|Arguments of the Cassandra authentication provider.
cassandra_auth_provider|None|Authentication provider class for Cassandra.
cassandra_bundle_path|None|Secure connect bundle for DataStax Astra.
cassandra_entry_ttl|None|Seconds after which Cassandra deletes a result.
cassandra_keyspace|None|Cassandra keyspace that stores results.
cassandra_options|{}|Options of the Cassandra cluster client.
cassandra_port|None|Port of the Cassandra servers.
cassandra_read_consistency|None|Consistency level for reads.
cassandra_servers|None|Cassandra hosts.
cassandra_table|None|Table that stores results.
cassandra_write_consistency|None|Consistency level for writes.
control_exchange|'celery'|Exchange for remote control commands.
control_queue_durable|False|Makes the remote control queue durable.
control_queue_exclusive|True|Makes the remote control queue exclusive to its worker.
control_queue_expires|10.0|Seconds after which an unused remote control queue is deleted.
control_queue_ttl|300.0|Seconds after which a remote control message expires.
cosmosdbsql_collection_name|'celerycol'|Cosmos DB collection that stores results.
cosmosdbsql_consistency_level|'Session'|Consistency level of Cosmos DB.
cosmosdbsql_database_name|'celerydb'|Cosmos DB database that stores results.
cosmosdbsql_max_retry_attempts|9|Maximum number of retries of a request to Cosmos DB.
cosmosdbsql_max_retry_wait_time|30|Maximum seconds to wait between retries.
couchbase_backend_settings|None|Host, bucket and login of the Couchbase result backend.
database_create_tables_at_setup|True|Creates the result tables when the backend starts.
database_engine_callback|None|Function that is called with the SQLAlchemy engine.
database_engine_options|{'pool_pre_ping': True, 'pool_recycle': 3600}|Options of SQLAlchemy's create_engine.
database_short_lived_sessions|False|Opens a database session for each operation.
database_table_names|None|Names of the result tables.
database_table_schemas|None|Database schemas of the result tables.
database_url|None|SQLAlchemy URL of the result database. Prefer result_backend.
elasticsearch_max_retries|None|Maximum number of retries of a request to Elasticsearch.
elasticsearch_retry_on_timeout|None|Retries a request to Elasticsearch that timed out.
elasticsearch_save_meta_as_text|True|Stores results as text rather than as native JSON.
elasticsearch_timeout|None|Seconds to wait for an answer of Elasticsearch.
enable_utc|True|Sends dates and times in UTC.
event_exchange|'celeryev'|Exchange for events.
event_queue_durable|False|Makes the event queue durable.
event_queue_exclusive|True|Makes the event queue exclusive to its monitor.
event_queue_expires|60.0|Seconds after which an unused event queue is deleted.
event_queue_prefix|'celeryev'|Prefix of the names of event queues.
event_queue_ttl|5.0|Seconds after which an event that nobody read is dropped.
event_serializer|'json'|Serializer for events.
gcs_base_path|''|Path below which results are stored in the bucket.
gcs_bucket|None|Google Cloud Storage bucket that stores results.
gcs_project|None|Google Cloud project of the bucket.
gcs_ttl|0|Seconds after which a result is deleted; 0: never.
imports|()|Modules that the worker imports when it starts.
include|()|Modules that the worker imports when it starts, in addition to imports.
mongodb_backend_settings|None|Database, collection and options of the MongoDB result backend.
redis_backend_use_ssl|None|TLS options for the Redis result backend.
redis_db|None|Database number of the Redis result backend. Prefer result_backend.
redis_host|None|Host of the Redis result backend. Prefer result_backend.
redis_max_connections|None|Maximum number of connections of the Redis result backend.
redis_password|None|Password of the Redis result backend. Prefer result_backend.
redis_port|None|Port of the Redis result backend. Prefer result_backend.
redis_retry_on_timeout|False|Retries Redis operations that timed out.
redis_socket_connect_timeout|None|Seconds to wait for a connection to Redis.
redis_socket_keepalive|False|Turns TCP keepalive on for connections to Redis.
redis_socket_timeout|120.0|Seconds to wait for an answer of Redis.
redis_username|None|User name of the Redis result backend.
result_accept_content|None|Content types that the result backend accepts; None: those of accept_content.
result_backend|None|URL of the backend that stores results; None: results are not stored.
result_backend_always_retry|False|Retries operations of the result backend that failed for a passing reason.
result_backend_base_sleep_between_retries_ms|10|Milliseconds before the first retry of an operation.
result_backend_max_retries|inf|Maximum number of retries of an operation.
result_backend_max_sleep_between_retries_ms|10000|Maximum milliseconds between two retries.
result_backend_transport_options|{}|Options of the result backend, such as master_name for Sentinel.
result_cache_max|-1|Number of results that a client caches; -1 turns the cache off.
result_chord_expires|None|Seconds after which the state of a chord is deleted; None: as result_expires.
result_chord_join_timeout|3.0|Seconds to wait for each result when the members of a chord are joined.
result_chord_retry_interval|1.0|Seconds between two looks whether all members of a chord are finished.
result_compression|None|Compression of results, such as gzip.
result_exchange|'celeryresults'|Exchange for results of the RPC backend.
result_exchange_type|'direct'|Type of the exchange for results.
result_expires|timedelta(days=1)|Time after which a stored result is deleted; None or 0: never.
result_extended|False|Stores the name, arguments, worker, retries and queue of a task with its result.
result_failure_expires|None|Time after which the result of a failed task is deleted; None: as result_expires.
result_persistent|None|Keeps result messages of the RPC backend across restarts of the broker.
result_serializer|'json'|Serializer for results.
s3_access_key_id|None|Access key of the S3 result backend.
s3_base_path|None|Path below which results are stored in the bucket.
s3_bucket|None|S3 bucket that stores results.
s3_endpoint_url|None|URL of an S3-compatible service.
s3_region|None|Region of the bucket.
s3_secret_access_key|None|Secret key of the S3 result backend.
security_cert_store|None|Folder with the certificates that sign trusted messages.
security_certificate|None|Certificate that signs messages.
security_digest|'sha256'|Digest for signing messages.
security_key|None|Private key that signs messages.
security_key_password|None|Password of the private key.
task_acks_late|False|Acknowledges a message after its task has run, so that a crash runs it again.
task_acks_on_failure|None|Acknowledges messages of failed tasks with late acknowledgement.
task_acks_on_failure_or_timeout|True|Acknowledges messages of failed or timed-out tasks with late acknowledgement.
task_acks_on_timeout|None|Acknowledges messages of timed-out tasks with late acknowledgement.
task_allow_error_cb_on_chord_header|False|Calls error callbacks of a chord for failures in its header, too.
task_always_eager|False|Runs tasks in the calling process instead of sending them. For tests.
task_annotations|None|Attributes that override those of tasks, by their names.
task_compression|None|Compression of task messages, such as gzip.
task_create_missing_queue_exchange_type|None|Exchange type of queues that are created automatically.
task_create_missing_queue_type|'classic'|Type of queues that are created automatically: classic or quorum.
task_create_missing_queues|True|Creates queues that are not defined in task_queues.
task_default_delivery_mode|2|Delivery mode of messages: 1 transient, 2 persistent.
task_default_exchange|None|Exchange that is used where none is named.
task_default_exchange_type|'direct'|Type of the default exchange.
task_default_priority|None|Priority of tasks that have none.
task_default_queue|'celery'|Queue for tasks without a route or a queue of their own.
task_default_queue_type|'classic'|Type of the default queue: classic or quorum.
task_default_rate_limit|None|Rate limit of tasks that have none, such as 10/m.
task_default_routing_key|None|Routing key that is used where none is named.
task_eager_propagates|False|Raises exceptions of tasks that run eagerly.
task_ignore_result|False|Stores no results unless a task asks for it.
task_inherit_parent_priority|False|Lets tasks inherit the priority of the task that sent them.
task_protocol|2|Version of the task message protocol.
task_publish_retry|True|Retries publishing when the connection to the broker fails.
task_publish_retry_policy|{'max_retries': 3, 'interval_start': 0, 'interval_max': 1, '|How often and how long publishing is retried.
task_queue_max_priority|None|Maximum priority of queues, as RabbitMQ's x-max-priority.
task_queues|None|Queues that workers consume, unless started with -Q.
task_reject_on_worker_lost|None|Returns a message to its queue when the process that runs its task dies. Needs late acknowledgement.
task_remote_tracebacks|False|Shows the worker's traceback when a result is re-raised. Needs tblib.
task_repr_maxlevels|3|Depth to which arguments are shown in events and logs.
task_retry_on_worker_lost|False|Retries a task when the process that runs it dies.
task_routes|None|Queues, exchanges and options by the names of tasks.
task_send_sent_event|False|Sends an event when a task is published, which makes queue waits visible.
task_serializer|'json'|Serializer for task arguments.
task_soft_time_limit|None|Seconds after which SoftTimeLimitExceeded is raised in a task.
task_store_eager_result|False|Stores results of tasks that run eagerly.
task_store_errors_even_if_ignored|False|Stores errors of tasks that ignore their results.
task_time_limit|None|Seconds after which the process that runs a task is killed.
task_track_started|False|Stores the state STARTED when a task starts.
timezone|None|Time zone of schedules and local times, such as Europe/Berlin; None: UTC.
worker_agent|None|Agent class of the worker.
worker_autoscaler|'celery.worker.autoscale:Autoscaler'|Autoscaler class of the worker.
worker_cancel_long_running_tasks_on_connection_loss|False|Cancels running tasks with late acknowledgement when the connection to the broker is lost.
worker_concurrency|None|Number of processes or threads; None: number of CPUs.
worker_consumer|'celery.worker.consumer:Consumer'|Consumer class of the worker.
worker_deduplicate_successful_tasks|False|Skips redelivered tasks that have succeeded. Needs late acknowledgement and a result backend.
worker_detect_quorum_queues|True|Adapts prefetch and ETA tasks when a queue is a quorum queue.
worker_direct|False|Gives each worker a queue of its own.
worker_disable_prefetch|False|Takes a message only when a process is free. Redis only.
worker_disable_rate_limits|False|Turns all rate limits off.
worker_enable_prefetch_count_reduction|True|Reduces prefetch after a reconnect while earlier tasks still run.
worker_enable_remote_control|True|Lets the worker answer remote control commands.
worker_enable_soft_shutdown_on_idle|False|Waits for the soft shutdown timeout even when no task is running.
worker_eta_task_limit|None|Maximum number of ETA tasks that a worker holds; None: no limit.
worker_hijack_root_logger|True|Replaces the handlers of the root logger.
worker_log_color|None|Colors the log; None: if it goes to a terminal.
worker_log_datefmt|None|Date format of the worker's log.
worker_log_format|'[%(asctime)s: %(levelname)s/%(processName)s] %(message)s'|Format of the worker's log.
worker_lost_wait|10.0|Seconds to wait for the result of a process that died.
worker_max_memory_per_child|None|Memory in KiB after which a pool process is replaced.
worker_max_tasks_per_child|None|Number of tasks after which a pool process is replaced; None: no limit.
worker_pool|'prefork'|Pool: prefork, solo, threads, gevent or eventlet.
worker_pool_putlocks|True|Limits the pool to as many tasks as it has processes.
worker_pool_restarts|False|Allows the remote control command pool_restart.
worker_pool_start_method|'fork'|How pool processes are started: fork or spawn.
worker_prefetch_multiplier|4|Messages that a worker prefetches for each process; 1 with long tasks, 0: no limit.
worker_proc_alive_timeout|4.0|Seconds to wait for a new pool process.
worker_redirect_stdouts|True|Sends stdout and stderr of tasks to the log.
worker_redirect_stdouts_level|'WARNING'|Log level of redirected output.
worker_send_task_events|False|Sends task events, as the option -E does.
worker_soft_shutdown_timeout|0.0|Seconds that running tasks have before a cold shutdown; 0 turns the soft shutdown off.
worker_state_db|None|File that keeps revoked tasks over restarts of the worker.
worker_task_log_datefmt|None|Date format of logs written in tasks.
worker_task_log_format|'[%(asctime)s: %(levelname)s/%(processName)s] %(task_name)s[|Format of logs written in tasks.
worker_timer|None|Timer class of the worker.
worker_timer_precision|1.0|Maximum seconds between two looks at the timer.
`;

interface SettingDoc {
  readonly standard: string;
  readonly text: string;
}

/** By the setting's name. */
export const settingDocs: ReadonlyMap<string, SettingDoc> = new Map(
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [key = '', standard = '', text = ''] = line.split('|');
      return [key, { standard, text }];
    }),
);
