-- A store of the first schema, with two posts, a comment, and two sources of which both have one of the posts.
CREATE TABLE posts (id VARCHAR(12) PRIMARY KEY, source_id INTEGER NOT NULL, complete BOOLEAN NOT NULL, modified VARCHAR(20) NOT NULL, digest BLOB NOT NULL, date VARCHAR(20), text TEXT NOT NULL, link TEXT NOT NULL, blog TEXT NOT NULL, blog_link TEXT NOT NULL, title TEXT NOT NULL,
    summary TEXT NOT NULL, language TEXT NOT NULL, publication TEXT NOT NULL, kind TEXT NOT NULL,
    authors JSON NOT NULL, tags JSON NOT NULL, reporters JSON NOT NULL, origins JSON NOT NULL,
    updated VARCHAR(20), html TEXT NOT NULL);
CREATE TABLE comments (id VARCHAR(12) PRIMARY KEY, source_id INTEGER NOT NULL, complete BOOLEAN NOT NULL, modified VARCHAR(20) NOT NULL, digest BLOB NOT NULL, date VARCHAR(20), text TEXT NOT NULL, link TEXT NOT NULL, post_id VARCHAR(12) NOT NULL, place INTEGER NOT NULL, author TEXT NOT NULL,
    parent TEXT NOT NULL, html TEXT NOT NULL);
CREATE INDEX ix_comments_post_id ON comments (post_id);
CREATE INDEX posts_in_brief ON posts (blog, language, date);
CREATE TABLE sources (id INTEGER PRIMARY KEY, location TEXT NOT NULL UNIQUE, format TEXT NOT NULL,
    blog TEXT NOT NULL);
CREATE TABLE holdings (record_id VARCHAR(12), source_id INTEGER, complete BOOLEAN NOT NULL,
    PRIMARY KEY (record_id, source_id));
CREATE TABLE imports (id INTEGER PRIMARY KEY, finished VARCHAR(20) NOT NULL, report JSON NOT NULL);
CREATE TABLE unpublished (post_id VARCHAR(12) PRIMARY KEY);
CREATE TABLE facts (name VARCHAR(40) PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO facts VALUES ('schema', '1'), ('generation', '000003');
INSERT INTO sources VALUES (1, '/blog.xml', '', ''), (2, '/feed.xml', '', '');
INSERT INTO posts VALUES ('harbour00000', 1, 1, '', x'01', NULL, 'Boats', '', 'Tides', '', 'The harbour', '', '',
    '', 'post', '[]', '["sea"]', '[]', '[]', NULL, '<p>Boats</p>');
INSERT INTO posts VALUES ('mill00000000', 1, 1, '', x'02', NULL, 'Flour', '', 'Tides', '', 'The mill', '', '',
    '', 'post', '[]', '[]', '[]', '[]', NULL, '<p>Flour</p>');
INSERT INTO comments VALUES ('reply0000000', 1, 1, '', x'03', NULL, 'Lovely', '', 'harbour00000', 0, 'Ivo', '',
    '<p>Lovely</p>');
INSERT INTO holdings VALUES ('harbour00000', 1, 1), ('harbour00000', 2, 0), ('mill00000000', 1, 1),
    ('reply0000000', 1, 1);
