// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

// @ts-nocheck
import { isDateTime } from "./formats.ts";
import type { WorkspaceId, SyncLogId, IngestionPipelineId, KnowledgeGraphId, SyncLogType, SyncLogStatus, SyncLog, ApiError } from "./types.ts";
import { addError, addErrors } from "./validation.ts";
import type { RawValidate } from "./validation.ts";

const formats = {
  "date-time": isDateTime,
};

export const checkWorkspaceId: RawValidate<WorkspaceId> = validate1;
const pattern0 = new RegExp("^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "u");

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
vErrors = addError(vErrors, err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err1);
errors++;
}
validate1.errors = vErrors;
return errors === 0;
}

export const checkSyncLogId: RawValidate<SyncLogId> = validate2;
const pattern1 = new RegExp("^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "u");

function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern1.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
vErrors = addError(vErrors, err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err1);
errors++;
}
validate2.errors = vErrors;
return errors === 0;
}

export const checkIngestionPipelineId: RawValidate<IngestionPipelineId> = validate3;
const pattern2 = new RegExp("^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "u");

function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern2.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
vErrors = addError(vErrors, err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err1);
errors++;
}
validate3.errors = vErrors;
return errors === 0;
}

export const checkKnowledgeGraphId: RawValidate<KnowledgeGraphId> = validate4;
const pattern3 = new RegExp("^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "u");

function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern3.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
vErrors = addError(vErrors, err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err1);
errors++;
}
validate4.errors = vErrors;
return errors === 0;
}

export const checkSyncLogType: RawValidate<SyncLogType> = validate5;
const schema5 = {"type":"string","enum":["full_sync","live_sync","incremental_sync","manual_sync"]};

function validate5(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err0);
errors++;
}
if(!((((data === "full_sync") || (data === "live_sync")) || (data === "incremental_sync")) || (data === "manual_sync"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema5.enum},message:"must be equal to one of the allowed values"};
vErrors = addError(vErrors, err1);
errors++;
}
validate5.errors = vErrors;
return errors === 0;
}

export const checkSyncLogStatus: RawValidate<SyncLogStatus> = validate6;
const schema6 = {"type":"string","enum":["pending","preparing","data_fetching","ingesting","completed","failed","stopped","skipped"]};

function validate6(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err0);
errors++;
}
if(!((((((((data === "pending") || (data === "preparing")) || (data === "data_fetching")) || (data === "ingesting")) || (data === "completed")) || (data === "failed")) || (data === "stopped")) || (data === "skipped"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema6.enum},message:"must be equal to one of the allowed values"};
vErrors = addError(vErrors, err1);
errors++;
}
validate6.errors = vErrors;
return errors === 0;
}

export const checkSyncLog: RawValidate<SyncLog> = validate7;
const schema7 = {"type":"object","required":["id","ingestionPipelineId","knowledgeGraphId","workspaceId","type","status","createdAt","updatedAt"],"properties":{"id":{"$ref":"#/$defs/s1"},"ingestionPipelineId":{"$ref":"#/$defs/s2"},"knowledgeGraphId":{"$ref":"#/$defs/s3"},"workspaceId":{"$ref":"#/$defs/s0"},"type":{"$ref":"#/$defs/s4"},"status":{"$ref":"#/$defs/s5"},"startedAt":{"type":["string","null"],"format":"date-time"},"completedAt":{"type":["string","null"],"format":"date-time"},"errorMessage":{"type":["string","null"]},"userFacingErrorMessage":{"type":["string","null"]},"workflowId":{"type":["string","null"]},"workflowRunId":{"type":["string","null"]},"preparationMetadata":{"type":["object","null"],"additionalProperties":{"type":"integer","minimum":0}},"totalRecordsToIngest":{"type":["integer","null"],"minimum":0},"recordsIngested":{"type":["integer","null"],"minimum":0},"preparationCompletedAt":{"type":["string","null"],"format":"date-time"},"minDate":{"type":["string","null"],"format":"date-time"},"manualSyncData":{"type":["object","null"],"additionalProperties":true},"correlationId":{"type":["string","null"],"pattern":"^[0-9a-f]{32}$"},"createdAt":{"type":"string","format":"date-time"},"updatedAt":{"type":"string","format":"date-time"}}};
const pattern8 = new RegExp("^[0-9a-f]{32}$", "u");
const formats0 = formats["date-time"];

function validate7(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
vErrors = addError(vErrors, err0);
errors++;
}
if(data.ingestionPipelineId === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ingestionPipelineId"},message:"must have required property '"+"ingestionPipelineId"+"'"};
vErrors = addError(vErrors, err1);
errors++;
}
if(data.knowledgeGraphId === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "knowledgeGraphId"},message:"must have required property '"+"knowledgeGraphId"+"'"};
vErrors = addError(vErrors, err2);
errors++;
}
if(data.workspaceId === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workspaceId"},message:"must have required property '"+"workspaceId"+"'"};
vErrors = addError(vErrors, err3);
errors++;
}
if(data.type === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
vErrors = addError(vErrors, err4);
errors++;
}
if(data.status === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'"};
vErrors = addError(vErrors, err5);
errors++;
}
if(data.createdAt === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "createdAt"},message:"must have required property '"+"createdAt"+"'"};
vErrors = addError(vErrors, err6);
errors++;
}
if(data.updatedAt === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "updatedAt"},message:"must have required property '"+"updatedAt"+"'"};
vErrors = addError(vErrors, err7);
errors++;
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern1.test(data0)){
const err8 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/s1/pattern",keyword:"pattern",params:{pattern: "^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
vErrors = addError(vErrors, err8);
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/s1/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err9);
errors++;
}
}
if(data.ingestionPipelineId !== undefined){
let data1 = data.ingestionPipelineId;
if(typeof data1 === "string"){
if(!pattern2.test(data1)){
const err10 = {instancePath:instancePath+"/ingestionPipelineId",schemaPath:"#/$defs/s2/pattern",keyword:"pattern",params:{pattern: "^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
vErrors = addError(vErrors, err10);
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/ingestionPipelineId",schemaPath:"#/$defs/s2/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err11);
errors++;
}
}
if(data.knowledgeGraphId !== undefined){
let data2 = data.knowledgeGraphId;
if(typeof data2 === "string"){
if(!pattern3.test(data2)){
const err12 = {instancePath:instancePath+"/knowledgeGraphId",schemaPath:"#/$defs/s3/pattern",keyword:"pattern",params:{pattern: "^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
vErrors = addError(vErrors, err12);
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/knowledgeGraphId",schemaPath:"#/$defs/s3/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err13);
errors++;
}
}
if(data.workspaceId !== undefined){
let data3 = data.workspaceId;
if(typeof data3 === "string"){
if(!pattern0.test(data3)){
const err14 = {instancePath:instancePath+"/workspaceId",schemaPath:"#/$defs/s0/pattern",keyword:"pattern",params:{pattern: "^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""};
vErrors = addError(vErrors, err14);
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/workspaceId",schemaPath:"#/$defs/s0/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err15);
errors++;
}
}
if(data.type !== undefined){
let data4 = data.type;
if(typeof data4 !== "string"){
const err16 = {instancePath:instancePath+"/type",schemaPath:"#/$defs/s4/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err16);
errors++;
}
if(!((((data4 === "full_sync") || (data4 === "live_sync")) || (data4 === "incremental_sync")) || (data4 === "manual_sync"))){
const err17 = {instancePath:instancePath+"/type",schemaPath:"#/$defs/s4/enum",keyword:"enum",params:{allowedValues: schema5.enum},message:"must be equal to one of the allowed values"};
vErrors = addError(vErrors, err17);
errors++;
}
}
if(data.status !== undefined){
let data5 = data.status;
if(typeof data5 !== "string"){
const err18 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/s5/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err18);
errors++;
}
if(!((((((((data5 === "pending") || (data5 === "preparing")) || (data5 === "data_fetching")) || (data5 === "ingesting")) || (data5 === "completed")) || (data5 === "failed")) || (data5 === "stopped")) || (data5 === "skipped"))){
const err19 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/s5/enum",keyword:"enum",params:{allowedValues: schema6.enum},message:"must be equal to one of the allowed values"};
vErrors = addError(vErrors, err19);
errors++;
}
}
if(data.startedAt !== undefined){
let data6 = data.startedAt;
if((typeof data6 !== "string") && (data6 !== null)){
const err20 = {instancePath:instancePath+"/startedAt",schemaPath:"#/properties/startedAt/type",keyword:"type",params:{type: schema7.properties.startedAt.type},message:"must be string,null"};
vErrors = addError(vErrors, err20);
errors++;
}
if(typeof data6 === "string"){
if(!(formats0(data6))){
const err21 = {instancePath:instancePath+"/startedAt",schemaPath:"#/properties/startedAt/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
vErrors = addError(vErrors, err21);
errors++;
}
}
}
if(data.completedAt !== undefined){
let data7 = data.completedAt;
if((typeof data7 !== "string") && (data7 !== null)){
const err22 = {instancePath:instancePath+"/completedAt",schemaPath:"#/properties/completedAt/type",keyword:"type",params:{type: schema7.properties.completedAt.type},message:"must be string,null"};
vErrors = addError(vErrors, err22);
errors++;
}
if(typeof data7 === "string"){
if(!(formats0(data7))){
const err23 = {instancePath:instancePath+"/completedAt",schemaPath:"#/properties/completedAt/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
vErrors = addError(vErrors, err23);
errors++;
}
}
}
if(data.errorMessage !== undefined){
let data8 = data.errorMessage;
if((typeof data8 !== "string") && (data8 !== null)){
const err24 = {instancePath:instancePath+"/errorMessage",schemaPath:"#/properties/errorMessage/type",keyword:"type",params:{type: schema7.properties.errorMessage.type},message:"must be string,null"};
vErrors = addError(vErrors, err24);
errors++;
}
}
if(data.userFacingErrorMessage !== undefined){
let data9 = data.userFacingErrorMessage;
if((typeof data9 !== "string") && (data9 !== null)){
const err25 = {instancePath:instancePath+"/userFacingErrorMessage",schemaPath:"#/properties/userFacingErrorMessage/type",keyword:"type",params:{type: schema7.properties.userFacingErrorMessage.type},message:"must be string,null"};
vErrors = addError(vErrors, err25);
errors++;
}
}
if(data.workflowId !== undefined){
let data10 = data.workflowId;
if((typeof data10 !== "string") && (data10 !== null)){
const err26 = {instancePath:instancePath+"/workflowId",schemaPath:"#/properties/workflowId/type",keyword:"type",params:{type: schema7.properties.workflowId.type},message:"must be string,null"};
vErrors = addError(vErrors, err26);
errors++;
}
}
if(data.workflowRunId !== undefined){
let data11 = data.workflowRunId;
if((typeof data11 !== "string") && (data11 !== null)){
const err27 = {instancePath:instancePath+"/workflowRunId",schemaPath:"#/properties/workflowRunId/type",keyword:"type",params:{type: schema7.properties.workflowRunId.type},message:"must be string,null"};
vErrors = addError(vErrors, err27);
errors++;
}
}
if(data.preparationMetadata !== undefined){
let data12 = data.preparationMetadata;
if((!(data12 && typeof data12 == "object" && !Array.isArray(data12))) && (data12 !== null)){
const err28 = {instancePath:instancePath+"/preparationMetadata",schemaPath:"#/properties/preparationMetadata/type",keyword:"type",params:{type: schema7.properties.preparationMetadata.type},message:"must be object,null"};
vErrors = addError(vErrors, err28);
errors++;
}
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key0 in data12){
let data13 = data12[key0];
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err29 = {instancePath:instancePath+"/preparationMetadata/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/preparationMetadata/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
vErrors = addError(vErrors, err29);
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
const err30 = {instancePath:instancePath+"/preparationMetadata/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/preparationMetadata/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
vErrors = addError(vErrors, err30);
errors++;
}
}
}
}
}
if(data.totalRecordsToIngest !== undefined){
let data14 = data.totalRecordsToIngest;
if((!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))) && (data14 !== null)){
const err31 = {instancePath:instancePath+"/totalRecordsToIngest",schemaPath:"#/properties/totalRecordsToIngest/type",keyword:"type",params:{type: schema7.properties.totalRecordsToIngest.type},message:"must be integer,null"};
vErrors = addError(vErrors, err31);
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
const err32 = {instancePath:instancePath+"/totalRecordsToIngest",schemaPath:"#/properties/totalRecordsToIngest/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
vErrors = addError(vErrors, err32);
errors++;
}
}
}
if(data.recordsIngested !== undefined){
let data15 = data.recordsIngested;
if((!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))) && (data15 !== null)){
const err33 = {instancePath:instancePath+"/recordsIngested",schemaPath:"#/properties/recordsIngested/type",keyword:"type",params:{type: schema7.properties.recordsIngested.type},message:"must be integer,null"};
vErrors = addError(vErrors, err33);
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
const err34 = {instancePath:instancePath+"/recordsIngested",schemaPath:"#/properties/recordsIngested/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
vErrors = addError(vErrors, err34);
errors++;
}
}
}
if(data.preparationCompletedAt !== undefined){
let data16 = data.preparationCompletedAt;
if((typeof data16 !== "string") && (data16 !== null)){
const err35 = {instancePath:instancePath+"/preparationCompletedAt",schemaPath:"#/properties/preparationCompletedAt/type",keyword:"type",params:{type: schema7.properties.preparationCompletedAt.type},message:"must be string,null"};
vErrors = addError(vErrors, err35);
errors++;
}
if(typeof data16 === "string"){
if(!(formats0(data16))){
const err36 = {instancePath:instancePath+"/preparationCompletedAt",schemaPath:"#/properties/preparationCompletedAt/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
vErrors = addError(vErrors, err36);
errors++;
}
}
}
if(data.minDate !== undefined){
let data17 = data.minDate;
if((typeof data17 !== "string") && (data17 !== null)){
const err37 = {instancePath:instancePath+"/minDate",schemaPath:"#/properties/minDate/type",keyword:"type",params:{type: schema7.properties.minDate.type},message:"must be string,null"};
vErrors = addError(vErrors, err37);
errors++;
}
if(typeof data17 === "string"){
if(!(formats0(data17))){
const err38 = {instancePath:instancePath+"/minDate",schemaPath:"#/properties/minDate/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
vErrors = addError(vErrors, err38);
errors++;
}
}
}
if(data.manualSyncData !== undefined){
let data18 = data.manualSyncData;
if((!(data18 && typeof data18 == "object" && !Array.isArray(data18))) && (data18 !== null)){
const err39 = {instancePath:instancePath+"/manualSyncData",schemaPath:"#/properties/manualSyncData/type",keyword:"type",params:{type: schema7.properties.manualSyncData.type},message:"must be object,null"};
vErrors = addError(vErrors, err39);
errors++;
}
}
if(data.correlationId !== undefined){
let data19 = data.correlationId;
if((typeof data19 !== "string") && (data19 !== null)){
const err40 = {instancePath:instancePath+"/correlationId",schemaPath:"#/properties/correlationId/type",keyword:"type",params:{type: schema7.properties.correlationId.type},message:"must be string,null"};
vErrors = addError(vErrors, err40);
errors++;
}
if(typeof data19 === "string"){
if(!pattern8.test(data19)){
const err41 = {instancePath:instancePath+"/correlationId",schemaPath:"#/properties/correlationId/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{32}$"},message:"must match pattern \""+"^[0-9a-f]{32}$"+"\""};
vErrors = addError(vErrors, err41);
errors++;
}
}
}
if(data.createdAt !== undefined){
let data20 = data.createdAt;
if(typeof data20 === "string"){
if(!(formats0(data20))){
const err42 = {instancePath:instancePath+"/createdAt",schemaPath:"#/properties/createdAt/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
vErrors = addError(vErrors, err42);
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/createdAt",schemaPath:"#/properties/createdAt/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err43);
errors++;
}
}
if(data.updatedAt !== undefined){
let data21 = data.updatedAt;
if(typeof data21 === "string"){
if(!(formats0(data21))){
const err44 = {instancePath:instancePath+"/updatedAt",schemaPath:"#/properties/updatedAt/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
vErrors = addError(vErrors, err44);
errors++;
}
}
else {
const err45 = {instancePath:instancePath+"/updatedAt",schemaPath:"#/properties/updatedAt/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err45);
errors++;
}
}
}
else {
const err46 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
vErrors = addError(vErrors, err46);
errors++;
}
validate7.errors = vErrors;
return errors === 0;
}

export const checkApiError: RawValidate<ApiError> = validate8;

function validate8(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.statusCode === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "statusCode"},message:"must have required property '"+"statusCode"+"'"};
vErrors = addError(vErrors, err0);
errors++;
}
if(data.message === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "message"},message:"must have required property '"+"message"+"'"};
vErrors = addError(vErrors, err1);
errors++;
}
if(data.statusCode !== undefined){
let data0 = data.statusCode;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/statusCode",schemaPath:"#/properties/statusCode/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
vErrors = addError(vErrors, err2);
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 599 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/statusCode",schemaPath:"#/properties/statusCode/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599"};
vErrors = addError(vErrors, err3);
errors++;
}
if(data0 < 400 || isNaN(data0)){
const err4 = {instancePath:instancePath+"/statusCode",schemaPath:"#/properties/statusCode/minimum",keyword:"minimum",params:{comparison: ">=", limit: 400},message:"must be >= 400"};
vErrors = addError(vErrors, err4);
errors++;
}
}
}
if(data.message !== undefined){
let data1 = data.message;
const _errs4 = errors;
let valid1 = false;
let passing0 = null;
const _errs5 = errors;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/message",schemaPath:"#/properties/message/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err5);
errors++;
}
var _valid0 = _errs5 === errors;
if(_valid0){
valid1 = true;
passing0 = 0;
}
const _errs7 = errors;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(typeof data1[i0] !== "string"){
const err6 = {instancePath:instancePath+"/message/" + i0,schemaPath:"#/properties/message/oneOf/1/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err6);
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/message",schemaPath:"#/properties/message/oneOf/1/type",keyword:"type",params:{type: "array"},message:"must be array"};
vErrors = addError(vErrors, err7);
errors++;
}
var _valid0 = _errs7 === errors;
if(_valid0 && valid1){
valid1 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid1 = true;
passing0 = 1;
}
}
if(!valid1){
const err8 = {instancePath:instancePath+"/message",schemaPath:"#/properties/message/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
vErrors = addError(vErrors, err8);
errors++;
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
}
if(data.error !== undefined){
if(typeof data.error !== "string"){
const err9 = {instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "string"},message:"must be string"};
vErrors = addError(vErrors, err9);
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
vErrors = addError(vErrors, err10);
errors++;
}
validate8.errors = vErrors;
return errors === 0;
}
